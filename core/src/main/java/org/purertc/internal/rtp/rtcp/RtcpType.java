package org.purertc.internal.rtp.rtcp;

import org.purertc.internal.util.ByteWriter;

/** The packet types and feedback formats of RTCP, and the header that all share. */
final class RtcpType {
  /** RFC 3550 section 12.1. */
  static final int SENDER_REPORT = 200;

  static final int RECEIVER_REPORT = 201;
  static final int SOURCE_DESCRIPTION = 202;
  static final int BYE = 203;

  /** RFC 4585 section 6.1. */
  static final int TRANSPORT_FEEDBACK = 205;

  static final int PAYLOAD_FEEDBACK = 206;

  /** RFC 3611 section 2. */
  static final int EXTENDED_REPORTS = 207;

  /** Formats of {@link #TRANSPORT_FEEDBACK}: RFC 4585 section 6.2. */
  static final int NACK = 1;

  /** draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1. */
  static final int TRANSPORT_WIDE = 15;

  /** Formats of {@link #PAYLOAD_FEEDBACK}: RFC 4585 section 6.3, RFC 5104 section 4.3. */
  static final int PICTURE_LOSS_INDICATION = 1;

  static final int FULL_INTRA_REQUEST = 4;
  static final int APPLICATION_LAYER = 15;

  /** Version, count, type and length. */
  static final int HEADER_BYTES = 4;

  /** The header and both SSRCs of a feedback packet, RFC 4585 section 6.1. */
  static final int FEEDBACK_HEADER_BYTES = 12;

  static final int VERSION = 2;

  private RtcpType() {}

  /**
   * @param bytes of the whole packet, a multiple of 4
   */
  static ByteWriter writeHeader(ByteWriter out, int count, int type, int bytes) {
    return out.u8(VERSION << 6 | count).u8(type).u16(bytes / 4 - 1);
  }
}
