package org.purertc.internal.rtp.rtcp;

import java.util.NoSuchElementException;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * Walks over a received datagram of RTCP: a compound packet (RFC 3550 section 6.1) or one of
 * reduced size (RFC 5506), which is taken whether it was negotiated or not.
 *
 * <p>A malformed packet ends the walk: {@link #next} throws once and {@link #hasNext} is false
 * after that, while the packets before it remain valid.
 */
public final class RtcpReader {
  private final ByteReader in;

  public RtcpReader(byte[] buffer, int offset, int length) {
    this.in = new ByteReader(buffer, offset, length);
  }

  public boolean hasNext() {
    return in.hasRemaining();
  }

  /** The next packet; it shares nothing with the buffer. */
  public RtcpPacket next() throws MalformedPacketException {
    if (!in.hasRemaining()) {
      throw new NoSuchElementException();
    }
    try {
      return read();
    } catch (MalformedPacketException e) {
      in.skip(in.remaining());
      throw e;
    }
  }

  private RtcpPacket read() throws MalformedPacketException {
    int first = in.u8();
    int type = in.u8();
    ByteReader body = in.slice(4 * in.u16());
    if (first >> 6 != RtcpType.VERSION) {
      throw new MalformedPacketException("RTCP of version " + (first >> 6));
    }
    // libwebrtc pads transport-wide feedback with 1 to 3 bytes, against RFC 3550 section 6.4.1; its
    // statuses tell where it ends, so its padding is left where it is.
    boolean transportWide =
        type == RtcpType.TRANSPORT_FEEDBACK && (first & 0x1f) == RtcpType.TRANSPORT_WIDE;
    if ((first & 0x20) != 0 && !transportWide) {
      body = withoutPadding(body);
    }
    return parse(body, type, first & 0x1f);
  }

  private ByteReader withoutPadding(ByteReader body) throws MalformedPacketException {
    // RFC 3550 section 6.4.1: padding is only allowed on the last packet of a compound packet.
    if (in.hasRemaining() || !body.hasRemaining()) {
      throw new MalformedPacketException("padding in the middle");
    }
    int padding = body.array()[body.position() + body.remaining() - 1] & 0xff;
    if (padding == 0 || padding % 4 != 0) {
      throw new MalformedPacketException("padding of " + padding + " bytes");
    }
    return body.slice(body.remaining() - padding);
  }

  private static RtcpPacket parse(ByteReader body, int type, int count)
      throws MalformedPacketException {
    return switch (type) {
      case RtcpType.SENDER_REPORT -> SenderReport.parse(body, count);
      case RtcpType.RECEIVER_REPORT -> ReceiverReport.parse(body, count);
      case RtcpType.SOURCE_DESCRIPTION -> SourceDescription.parse(body, count);
      case RtcpType.BYE -> Bye.parse(body, count);
      case RtcpType.TRANSPORT_FEEDBACK -> parseTransportFeedback(body, count);
      case RtcpType.PAYLOAD_FEEDBACK -> parsePayloadFeedback(body, count);
      case RtcpType.EXTENDED_REPORTS -> ExtendedReports.parse(body);
      default -> UnknownRtcp.parse(body, type, count);
    };
  }

  private static RtcpPacket parseTransportFeedback(ByteReader body, int format)
      throws MalformedPacketException {
    return switch (format) {
      case RtcpType.NACK -> Nack.parse(body);
      case RtcpType.TRANSPORT_WIDE -> TransportFeedback.parse(body);
      default -> UnknownRtcp.parse(body, RtcpType.TRANSPORT_FEEDBACK, format);
    };
  }

  private static RtcpPacket parsePayloadFeedback(ByteReader body, int format)
      throws MalformedPacketException {
    return switch (format) {
      case RtcpType.PICTURE_LOSS_INDICATION -> PictureLossIndication.parse(body);
      case RtcpType.FULL_INTRA_REQUEST -> FullIntraRequest.parse(body);
      case RtcpType.APPLICATION_LAYER -> parseApplicationLayer(body);
      default -> UnknownRtcp.parse(body, RtcpType.PAYLOAD_FEEDBACK, format);
    };
  }

  private static RtcpPacket parseApplicationLayer(ByteReader body) throws MalformedPacketException {
    return Remb.isNext(body)
        ? Remb.parse(body)
        : UnknownRtcp.parse(body, RtcpType.PAYLOAD_FEEDBACK, RtcpType.APPLICATION_LAYER);
  }
}
