package org.purertc.srtp.internal;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.purertc.srtp.internal.CipherSuite.Transforms;

/**
 * Protects what is sent with one master key: the contexts of RFC 3711 section 3.2.3, one for each
 * SSRC and each of RTP and RTCP. Results are lengths or a {@link Result}.
 */
public final class SendingContexts {
  private final Packet packet = new Packet();
  private final PacketTransform rtp;
  private final PacketTransform rtcp;
  private final StreamTable rtpStreams;
  private final StreamTable rtcpStreams;

  /** Takes the master key and salt; keeps neither. */
  public SendingContexts(CipherSuite suite, byte[] key, byte[] salt, int maxStreams) {
    this(suite.transforms(key, salt), new StreamTable(maxStreams), new StreamTable(maxStreams));
  }

  SendingContexts(Transforms transforms, StreamTable rtpStreams, StreamTable rtcpStreams) {
    this.rtp = transforms.rtp();
    this.rtcp = transforms.rtcp();
    this.rtpStreams = rtpStreams;
    this.rtcpStreams = rtcpStreams;
  }

  /** Protects an RTP packet in place. */
  public int protectRtp(byte[] buffer, int offset, int length) {
    try {
      return packet.isRtp(buffer, offset, length, 0) ? protectRtp() : Result.MALFORMED;
    } finally {
      packet.release();
    }
  }

  /** Protects a compound RTCP packet in place. */
  public int protectRtcp(byte[] buffer, int offset, int length) {
    try {
      return packet.isRtcp(buffer, offset, length, 0) ? protectRtcp() : Result.MALFORMED;
    } finally {
      packet.release();
    }
  }

  private int protectRtp() {
    ReplayWindow window = stream(rtpStreams);
    if (window == null) {
      return Result.TOO_MANY_STREAMS;
    }
    long index = window.estimate(packet.sequenceNumber());
    if (!window.isNew(index)) {
      return Result.REPLAYED;
    }
    return protect(rtp, window, index, ReplayWindow.MAX_RTP_INDEX);
  }

  private int protectRtcp() {
    ReplayWindow window = stream(rtcpStreams);
    if (window == null) {
      return Result.TOO_MANY_STREAMS;
    }
    return protect(rtcp, window, window.next(), ReplayWindow.MAX_RTCP_INDEX);
  }

  private @Nullable ReplayWindow stream(StreamTable streams) {
    ReplayWindow window = streams.get(packet.ssrc);
    if (window == null && !streams.isFull()) {
      window = new ReplayWindow();
      streams.put(packet.ssrc, window);
    }
    return window;
  }

  private int protect(PacketTransform transform, ReplayWindow window, long index, long maxIndex) {
    if (index > maxIndex) {
      return Result.KEY_LIFETIME_EXCEEDED;
    }
    packet.index = index;
    window.add(index); // first, so that whatever happens no index is used twice
    try {
      transform.protect(packet);
    } catch (GeneralSecurityException e) {
      // Never let a packet out in the clear.
      throw new IllegalStateException("the cipher did not protect the packet", e);
    }
    return packet.length;
  }
}
