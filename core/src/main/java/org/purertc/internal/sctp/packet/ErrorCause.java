package org.purertc.internal.sctp.packet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** An error cause of an ABORT or ERROR, RFC 9260 section 3.3.10. */
public record ErrorCause(int code, byte[] value) {
  public static final int INVALID_STREAM_IDENTIFIER = 1;
  public static final int MISSING_MANDATORY_PARAMETER = 2;
  public static final int STALE_COOKIE = 3;
  public static final int OUT_OF_RESOURCE = 4;
  public static final int UNRESOLVABLE_ADDRESS = 5;
  public static final int UNRECOGNIZED_CHUNK_TYPE = 6;
  public static final int INVALID_MANDATORY_PARAMETER = 7;
  public static final int UNRECOGNIZED_PARAMETERS = 8;
  public static final int NO_USER_DATA = 9;
  public static final int COOKIE_WHILE_SHUTTING_DOWN = 10;
  public static final int RESTART_WITH_NEW_ADDRESSES = 11;
  public static final int USER_INITIATED_ABORT = 12;
  public static final int PROTOCOL_VIOLATION = 13;

  private static final int HEADER_BYTES = 4;

  /** Longest text or copied chunk in a cause, so that an ERROR fits into any packet. */
  private static final int MAX_INFORMATION_BYTES = 512;

  public static ErrorCause invalidStreamIdentifier(int streamId) {
    byte[] value = new byte[4];
    new ByteWriter(value, 0).u16(streamId).u16(0);
    return new ErrorCause(INVALID_STREAM_IDENTIFIER, value);
  }

  public static ErrorCause missingMandatoryParameter(int parameterType) {
    byte[] value = new byte[6];
    new ByteWriter(value, 0).u32(1).u16(parameterType);
    return new ErrorCause(MISSING_MANDATORY_PARAMETER, value);
  }

  /**
   * @param staleMicroseconds how much older than its life-span the cookie is
   */
  public static ErrorCause staleCookie(long staleMicroseconds) {
    return withNumber(STALE_COOKIE, staleMicroseconds);
  }

  public static ErrorCause noUserData(long tsn) {
    return withNumber(NO_USER_DATA, tsn);
  }

  /** Gives the chunk back as it came, cut where it is very long. */
  public static ErrorCause unrecognizedChunk(UnknownChunk chunk) {
    byte[] whole = new byte[chunk.paddedLength()];
    chunk.writeTo(new ByteWriter(whole, 0));
    int length = Math.min(whole.length, MAX_INFORMATION_BYTES);
    return new ErrorCause(UNRECOGNIZED_CHUNK_TYPE, Arrays.copyOf(whole, length));
  }

  public static ErrorCause unrecognizedParameter(Parameter parameter) {
    return new ErrorCause(UNRECOGNIZED_PARAMETERS, Parameter.unrecognized(parameter).value());
  }

  public static ErrorCause cookieWhileShuttingDown() {
    return new ErrorCause(COOKIE_WHILE_SHUTTING_DOWN, new byte[0]);
  }

  public static ErrorCause userInitiatedAbort(String reason) {
    return withText(USER_INITIATED_ABORT, reason);
  }

  public static ErrorCause protocolViolation(String reason) {
    return withText(PROTOCOL_VIOLATION, reason);
  }

  private static ErrorCause withNumber(int code, long number) {
    byte[] value = new byte[4];
    new ByteWriter(value, 0).u32(number);
    return new ErrorCause(code, value);
  }

  private static ErrorCause withText(int code, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(utf8.length, MAX_INFORMATION_BYTES);
    return new ErrorCause(code, Arrays.copyOf(utf8, length));
  }

  static List<ErrorCause> parseAll(ByteReader in) throws MalformedPacketException {
    if (!in.hasRemaining()) {
      return List.of();
    }
    List<ErrorCause> causes = new ArrayList<>();
    while (in.hasRemaining()) {
      int code = in.u16();
      int length = in.u16();
      if (length < HEADER_BYTES) {
        throw new MalformedPacketException("error cause of length " + length);
      }
      causes.add(new ErrorCause(code, in.bytes(length - HEADER_BYTES)));
      Padding.skip(in, length);
    }
    return causes;
  }

  /** Each padded: RFC 9260 counts the padding of all but the last, and a reader takes both. */
  static int lengthOf(List<ErrorCause> causes) {
    int length = 0;
    for (ErrorCause cause : causes) {
      length += Padding.padded(HEADER_BYTES + cause.value.length);
    }
    return length;
  }

  void writeTo(ByteWriter out) {
    out.u16(code).u16(HEADER_BYTES + value.length).bytes(value);
    Padding.write(out, value.length);
  }

  /** For a log line or the reason of a closed association; never control characters. */
  public String describe() {
    return switch (code) {
      case INVALID_STREAM_IDENTIFIER -> "invalid stream identifier";
      case MISSING_MANDATORY_PARAMETER -> "missing mandatory parameter";
      case STALE_COOKIE -> "stale cookie";
      case OUT_OF_RESOURCE -> "out of resource";
      case UNRESOLVABLE_ADDRESS -> "unresolvable address";
      case UNRECOGNIZED_CHUNK_TYPE -> "unrecognized chunk type";
      case INVALID_MANDATORY_PARAMETER -> "invalid mandatory parameter";
      case UNRECOGNIZED_PARAMETERS -> "unrecognized parameters";
      case NO_USER_DATA -> "no user data";
      case COOKIE_WHILE_SHUTTING_DOWN -> "cookie received while shutting down";
      case RESTART_WITH_NEW_ADDRESSES -> "restart with new addresses";
      case USER_INITIATED_ABORT -> "user-initiated abort" + text();
      case PROTOCOL_VIOLATION -> "protocol violation" + text();
      default -> "error cause " + code;
    };
  }

  private String text() {
    int length = Math.min(value.length, MAX_INFORMATION_BYTES);
    String text = new String(value, 0, length, StandardCharsets.UTF_8);
    return text.isBlank() ? "" : ": " + text.replaceAll("\\p{Cntrl}", "?");
  }
}
