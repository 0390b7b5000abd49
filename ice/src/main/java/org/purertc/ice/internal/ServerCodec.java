package org.purertc.ice.internal;

import java.net.InetSocketAddress;
import java.security.Key;
import java.util.Arrays;
import org.ice4j.StunException;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.RequestedTransportAttribute;
import org.ice4j.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Encodes requests to STUN and TURN servers and decodes what they say, RFC 8489 and RFC 8656. Not
 * thread-safe.
 */
public final class ServerCodec {

  /** A datagram of 65,535 bytes in a Data indication. */
  private static final int MAX_MESSAGE_BYTES = 65_535;

  /** RFC 8489 section 5: the class bits of the type. */
  private static final int CLASS_MASK = 0x0110;

  private static final int INDICATION = 0x0010;
  private static final int SUCCESS = 0x0100;
  private static final int ERROR = 0x0110;

  /** RFC 8489 section 14.12. */
  private static final int PASSWORD_ALGORITHM = 0x001D;

  private static final byte[] IPV6_FAMILY = {2, 0, 0, 0};

  private final StunIntegrity integrity = new StunIntegrity();

  /**
   * Encodes a request.
   *
   * @param challenge null while the server asked for no credentials
   */
  public byte[] encode(ServerRequest request, TransactionId id, @Nullable Challenge challenge) {
    StunWriter out = new StunWriter(request.method().number, id);
    if (request.method() == ServerRequest.Method.ALLOCATE) {
      out.attribute(
          AttributeFactory.createRequestedTransportAttribute(RequestedTransportAttribute.UDP)
              .encode());
    }
    if (request.lifetimeSeconds() >= 0) {
      out.attribute(AttributeFactory.createLifetimeAttribute(request.lifetimeSeconds()).encode());
    }
    if (request.ipv6()) {
      // RFC 8656 section 7.1: without the attribute the server allocates IPv4.
      // ice4j's class writes one byte; RFC 8656 section 18.6 has three reserved ones behind it.
      out.attribute(Attribute.REQUESTED_ADDRESS_FAMILY, IPV6_FAMILY);
    }
    if (request.channel() != 0) {
      out.attribute(
          AttributeFactory.createChannelNumberAttribute((char) request.channel()).encode());
    }
    InetSocketAddress peer = request.peer();
    if (peer != null) {
      out.attribute(peer(peer, id));
    }
    if (challenge == null) {
      return integrity.finish(out, null);
    }
    answer(challenge, out);
    return integrity.finish(out, challenge.key());
  }

  private static byte[] peer(InetSocketAddress peer, TransactionId id) {
    TransportAddress address =
        new TransportAddress(peer.getAddress(), peer.getPort(), Transport.UDP);
    return AttributeFactory.createXorPeerAddressAttribute(address, id.toBytes()).encode();
  }

  /** RFC 8489 section 9.2.4. */
  private static void answer(Challenge challenge, StunWriter out) {
    out.attribute(AttributeFactory.createUsernameAttribute(challenge.username).encode());
    out.attribute(AttributeFactory.createRealmAttribute(challenge.realm).encode());
    out.attribute(AttributeFactory.createNonceAttribute(challenge.nonce).encode());
    byte[] offered = challenge.passwordAlgorithms;
    if (offered != null) {
      out.attribute(ServerMessage.PASSWORD_ALGORITHMS, offered);
      out.attribute(
          PASSWORD_ALGORITHM,
          new byte[] {(byte) (challenge.algorithm >> 8), (byte) challenge.algorithm, 0, 0});
    }
  }

  /** RFC 8445 section 11: keeps a mapping of a NAT alive; nobody answers it. */
  public byte[] encodeKeepAlive(TransactionId id) {
    return integrity.finish(
        new StunWriter(ServerRequest.Method.BINDING.number | INDICATION, id), null);
  }

  /** Encodes a Send indication, RFC 8656 section 11.1. */
  public byte[] encodeSend(
      TransactionId id, InetSocketAddress peer, byte[] buffer, int offset, int length) {
    StunWriter out = new StunWriter(ServerRequest.Method.SEND.number | INDICATION, id);
    out.attribute(peer(peer, id));
    out.attribute(
        AttributeFactory.createDataAttributeWithoutPadding(
                Arrays.copyOfRange(buffer, offset, offset + length))
            .encode());
    return Arrays.copyOf(out.bytes(), out.length());
  }

  /**
   * Decodes what a server may send.
   *
   * @return null when it is malformed or of another method
   */
  public @Nullable ServerMessage decode(byte[] buffer, int offset, int length) {
    StunFrame frame =
        length > MAX_MESSAGE_BYTES ? null : StunFrame.parse(buffer, offset, length, integrity);
    ServerRequest.Method method = frame == null ? null : method(frame.type());
    return frame == null || method == null ? null : attributes(method, frame);
  }

  private static ServerRequest.@Nullable Method method(int type) {
    for (ServerRequest.Method method : ServerRequest.Method.values()) {
      if (method.number == (type & ~CLASS_MASK)) {
        return method;
      }
    }
    return null;
  }

  private static StunMessage.Kind kind(int type) {
    return switch (type & CLASS_MASK) {
      case INDICATION -> StunMessage.Kind.INDICATION;
      case SUCCESS -> StunMessage.Kind.SUCCESS;
      case ERROR -> StunMessage.Kind.ERROR;
      default -> StunMessage.Kind.REQUEST;
    };
  }

  private static @Nullable ServerMessage attributes(ServerRequest.Method method, StunFrame frame) {
    byte[] bytes = frame.bytes();
    try {
      Message decoded = Message.decode(bytes, 0, bytes.length);
      ServerMessage message = new ServerMessage(method, kind(frame.type()), frame);
      for (Attribute attribute : decoded.getAttributes()) {
        if (frame.vouchesFor(attribute)) {
          message.read(attribute, decoded.getTransactionID());
        }
      }
      return message;
    } catch (StunException | RuntimeException e) {
      return null; // ice4j's decoder throws unchecked exceptions at malformed attributes
    }
  }

  /** Whether the integrity attribute of this key is there and right. */
  public boolean isAuthentic(ServerMessage message, Key key) {
    return integrity.isAuthentic(message.frame(), key);
  }
}
