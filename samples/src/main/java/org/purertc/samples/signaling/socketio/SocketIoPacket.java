package org.purertc.samples.signaling.socketio;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.ProtocolException;

/**
 * One packet of Socket.IO 5, without attachments.
 *
 * @param ackId what the answer has to carry; null when none is wished for
 * @param data JSON, or nothing
 * @see <a href="https://socket.io/docs/v4/socket-io-protocol/">The Socket.IO protocol</a>
 */
public record SocketIoPacket(Type type, String namespace, @Nullable String ackId, String data) {
  private static final String MAIN = "/";

  /** Type, namespace unless it is the main one, number of the acknowledgement, JSON. */
  private static final Pattern PACKET =
      Pattern.compile("([0-6])(?:(/[^,]{0,100})(?:,|$))?([0-9]{1,15})?((?!/).*)", Pattern.DOTALL);

  /** In the order of their numbers. */
  public enum Type {
    CONNECT,
    DISCONNECT,
    EVENT,
    ACK,
    CONNECT_ERROR
  }

  /**
   * Reads a packet.
   *
   * @throws ProtocolException when it is none, or has attachments
   */
  public static SocketIoPacket parse(String text) throws ProtocolException {
    Matcher matcher = PACKET.matcher(text);
    if (!matcher.matches()) {
      throw new ProtocolException(ErrorCode.MALFORMED, "not a packet of Socket.IO");
    }
    int type = text.charAt(0) - '0';
    if (type >= Type.values().length) {
      throw new ProtocolException(ErrorCode.MALFORMED, "attachments are not taken: text only");
    }
    String namespace = matcher.group(2) == null ? MAIN : matcher.group(2);
    return new SocketIoPacket(Type.values()[type], namespace, matcher.group(3), matcher.group(4));
  }

  public boolean isForMain() {
    return namespace.equals(MAIN);
  }

  /** An event of the main namespace with one argument, which is JSON. */
  public static String event(String name, String argument) {
    return "2[\"" + name + "\"," + argument + "]";
  }

  /** Answers the event that wished for {@code ackId} with one argument, which is JSON. */
  public static String ack(String ackId, String argument) {
    return "3" + ackId + "[" + argument + "]";
  }

  /** The main namespace is entered. */
  public static String connected(String id) {
    return "0{\"sid\":\"" + id + "\"}";
  }

  /** There is no such namespace. */
  public String refusal() {
    return "4" + namespace + ",{\"message\":\"Invalid namespace\"}";
  }

  /** The main namespace is left. */
  public static String disconnect() {
    return "1";
  }
}
