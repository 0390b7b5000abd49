package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** An optional or variable-length parameter, RFC 9260 section 3.2.1. */
public record Parameter(int type, byte[] value) {

  /** RFC 9260 section 3.3.5. */
  public static final int HEARTBEAT_INFORMATION = 1;

  /** RFC 9260 section 3.3.2.1. */
  public static final int IPV4_ADDRESS = 5;

  /** RFC 9260 section 3.3.2.1. */
  public static final int IPV6_ADDRESS = 6;

  /** RFC 9260 section 3.3.3.1. */
  public static final int STATE_COOKIE = 7;

  /** RFC 9260 section 3.3.3.1. */
  public static final int UNRECOGNIZED_PARAMETER = 8;

  /** RFC 9260 section 3.3.2.1. */
  public static final int COOKIE_PRESERVATIVE = 9;

  /** RFC 9260 section 3.3.2.1, no longer allowed. */
  public static final int HOST_NAME_ADDRESS = 11;

  /** RFC 9260 section 3.3.2.1. */
  public static final int SUPPORTED_ADDRESS_TYPES = 12;

  /** RFC 9653 section 4. */
  public static final int ZERO_CHECKSUM_ACCEPTABLE = 0x8001;

  /** RFC 5061 section 4.2.7. */
  public static final int SUPPORTED_EXTENSIONS = 0x8008;

  /** RFC 3758 section 3.1. */
  public static final int FORWARD_TSN_SUPPORTED = 0xc000;

  /** RFC 9653: the error detection method identifier of SCTP over DTLS. */
  public static final long ZERO_CHECKSUM_OVER_DTLS = 1;

  static final int HEADER_BYTES = 4;

  private static final byte[] EMPTY = {};

  public static Parameter stateCookie(byte[] cookie) {
    return new Parameter(STATE_COOKIE, cookie);
  }

  public static Parameter forwardTsnSupported() {
    return new Parameter(FORWARD_TSN_SUPPORTED, EMPTY);
  }

  public static Parameter supportedExtensions(int... chunkTypes) {
    byte[] value = new byte[chunkTypes.length];
    for (int i = 0; i < chunkTypes.length; i++) {
      value[i] = (byte) chunkTypes[i];
    }
    return new Parameter(SUPPORTED_EXTENSIONS, value);
  }

  public static Parameter zeroChecksumAcceptable(long errorDetectionMethod) {
    byte[] value = new byte[4];
    new ByteWriter(value, 0).u32(errorDetectionMethod);
    return new Parameter(ZERO_CHECKSUM_ACCEPTABLE, value);
  }

  /** Gives a parameter back to the peer that sent it, in an INIT ACK. */
  public static Parameter unrecognized(Parameter parameter) {
    byte[] value = new byte[parameter.paddedLength()];
    parameter.writeTo(new ByteWriter(value, 0));
    return new Parameter(UNRECOGNIZED_PARAMETER, value);
  }

  static Parameter parse(ByteReader in) throws MalformedPacketException {
    int type = in.u16();
    int length = in.u16();
    if (length < HEADER_BYTES) {
      throw new MalformedPacketException("parameter of length " + length);
    }
    byte[] value = in.bytes(length - HEADER_BYTES);
    Padding.skip(in, length);
    return new Parameter(type, value);
  }

  static Parameter parse(ByteReader in, int expectedType) throws MalformedPacketException {
    Parameter parameter = parse(in);
    if (parameter.type != expectedType) {
      throw new MalformedPacketException("parameter of type " + parameter.type);
    }
    return parameter;
  }

  /** RFC 9260 section 3.2.1, highest bit clear: what follows in the chunk is not processed. */
  boolean stopsChunk() {
    return (type & 0x8000) == 0;
  }

  /** RFC 9260 section 3.2.1, second highest bit set: reported to the sender. */
  boolean isReported() {
    return (type & 0x4000) != 0;
  }

  /** What the length field says: without padding. */
  public int length() {
    return HEADER_BYTES + value.length;
  }

  int paddedLength() {
    return Padding.padded(length());
  }

  void writeTo(ByteWriter out) {
    out.u16(type).u16(length()).bytes(value);
    Padding.write(out, value.length);
  }
}
