package org.purertc.srtp.internal;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.purertc.srtp.internal.CipherSuite.Transforms;

/**
 * Unprotects what is received with one master key: the contexts of RFC 3711 section 3.2.3, one for
 * each SSRC and each of RTP and RTCP. Results are lengths or a {@link Result}.
 */
public final class ReceivingContexts {
  private final Packet packet = new Packet();
  private final PacketTransform rtp;
  private final PacketTransform rtcp;
  private final StreamTable rtpStreams;
  private final StreamTable rtcpStreams;

  /** Takes the master key and salt; keeps neither. */
  public ReceivingContexts(CipherSuite suite, byte[] key, byte[] salt, int maxStreams) {
    this(suite.transforms(key, salt), new StreamTable(maxStreams), new StreamTable(maxStreams));
  }

  ReceivingContexts(Transforms transforms, StreamTable rtpStreams, StreamTable rtcpStreams) {
    this.rtp = transforms.rtp();
    this.rtcp = transforms.rtcp();
    this.rtpStreams = rtpStreams;
    this.rtcpStreams = rtcpStreams;
  }

  /** Unprotects an SRTP packet in place. */
  public int unprotectRtp(byte[] buffer, int offset, int length) {
    try {
      return packet.isRtp(buffer, offset, length, rtp.overheadBytes())
          ? unprotectRtp()
          : Result.MALFORMED;
    } finally {
      packet.release();
    }
  }

  /** Unprotects an SRTCP packet in place. */
  public int unprotectRtcp(byte[] buffer, int offset, int length) {
    try {
      return packet.isRtcp(buffer, offset, length, rtcp.overheadBytes())
          ? unprotectRtcp()
          : Result.MALFORMED;
    } finally {
      packet.release();
    }
  }

  private int unprotectRtp() {
    ReplayWindow known = rtpStreams.get(packet.ssrc);
    int sequenceNumber = packet.sequenceNumber();
    packet.index = known == null ? sequenceNumber : known.estimate(sequenceNumber);
    if (packet.index > ReplayWindow.MAX_RTP_INDEX) {
      return Result.KEY_LIFETIME_EXCEEDED;
    }
    return unprotect(rtp, rtpStreams, known);
  }

  private int unprotectRtcp() {
    int index = rtcp.srtcpIndex(packet);
    if ((index & PacketTransform.SRTCP_E_BIT) == 0) {
      return Result.MALFORMED; // every profile of ours encrypts
    }
    packet.index = index & ~PacketTransform.SRTCP_E_BIT;
    return unprotect(rtcp, rtcpStreams, rtcpStreams.get(packet.ssrc));
  }

  private int unprotect(
      PacketTransform transform, StreamTable streams, @Nullable ReplayWindow known) {
    if (known == null && streams.isFull()) {
      return Result.TOO_MANY_STREAMS;
    }
    if (known != null && !known.isNew(packet.index)) {
      return Result.REPLAYED;
    }
    try {
      boolean authentic = transform.unprotect(packet);
      if (!authentic && known == null && mayHaveWrapped(streams)) {
        packet.index += 1 << 16;
        authentic = transform.unprotect(packet);
      }
      if (!authentic) {
        return Result.AUTHENTICATION_FAILED;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the cipher did not open an authentic packet", e);
    }
    accept(streams, known);
    return packet.length;
  }

  /**
   * The packets before a new stream's first wrap may all be lost: new keys can come at any sequence
   * number.
   */
  private boolean mayHaveWrapped(StreamTable streams) {
    return streams == rtpStreams && packet.sequenceNumber() < 1 << 15;
  }

  /** Only an authentic packet makes a stream or moves its window, RFC 3711 section 3.3. */
  private void accept(StreamTable streams, @Nullable ReplayWindow known) {
    ReplayWindow window = known;
    if (window == null) {
      window = new ReplayWindow();
      streams.put(packet.ssrc, window);
    }
    window.add(packet.index);
  }
}
