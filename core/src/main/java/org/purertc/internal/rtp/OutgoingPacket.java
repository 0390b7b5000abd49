package org.purertc.internal.rtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.SerialNumber;

/**
 * An RTP packet on its way to the pacer and the network. Its bytes are its own and stay in the
 * clear, so that it can be retransmitted; what tells when it leaves is filled in by {@link #stamp}.
 *
 * <p>A stream without RTX (RFC 4588) retransmits the very packet. SRTP must not protect it twice
 * with different header extensions, as AES-GCM would use a nonce again; so who protects it hands
 * the result to {@link #keepProtected}, and a repetition is sent as it is.
 */
public final class OutgoingPacket {
  /** After that a retransmission that did not leave the pacer is taken for dropped. */
  private static final long MAX_QUEUED_NS = 500_000_000L;

  private final SendStream stream;
  private final RtpHeader header;
  private final byte[] bytes;
  private final int payloadBytes;
  private final long createdNs;

  /** What this packet sends once more; null for a new one. */
  private final @Nullable OutgoingPacket original;

  /** As SRTP made it; null unless it was kept. */
  private byte @Nullable [] protectedBytes;

  private long sentNs;
  private long acceptedNs;
  private boolean isAccepted;
  private boolean isQueuedAgain;

  private OutgoingPacket(
      RtpHeader header, byte[] bytes, int payloadBytes, Origin origin, long createdNs) {
    this.stream = origin.stream;
    this.original = origin.original;
    this.header = header;
    this.bytes = bytes;
    this.payloadBytes = payloadBytes;
    this.createdNs = createdNs;
  }

  private record Origin(SendStream stream, @Nullable OutgoingPacket original) {}

  /** A new packet: media or padding. */
  static OutgoingPacket of(
      SendStream stream, RtpHeader header, byte[] bytes, int payloadBytes, long nowNs) {
    return new OutgoingPacket(header, bytes, payloadBytes, new Origin(stream, null), nowNs);
  }

  /** This packet's retransmission in a stream of its own, RFC 4588. */
  OutgoingPacket retransmission(RtpHeader rtxHeader, byte[] rtxBytes, int rtxPayload, long nowNs) {
    return new OutgoingPacket(rtxHeader, rtxBytes, rtxPayload, new Origin(stream, this), nowNs);
  }

  /** This packet once more, byte by byte; null when its protected bytes were not kept. */
  @Nullable OutgoingPacket repetition(long nowNs) {
    byte[] again = protectedBytes;
    return again == null
        ? null
        : new OutgoingPacket(
            header.as(PacketKind.RETRANSMISSION),
            again,
            payloadBytes,
            new Origin(stream, this),
            nowNs);
  }

  public PacketKind kind() {
    return header.kind();
  }

  public long ssrc() {
    return header.ssrc();
  }

  /** 16 bits, as it stands in the packet. */
  public int sequence() {
    return SerialNumber.wrap16(header.sequence());
  }

  /** The packet, or what SRTP made of it when {@link #isProtected}; not to be altered. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return bytes.length;
  }

  /** Without header and padding. */
  public int payloadBytes() {
    return payloadBytes;
  }

  /** When it was given to the pacer. */
  public long createdNs() {
    return createdNs;
  }

  /** Whether {@link #bytes} are SRTP's already, to be sent as they are. */
  public boolean isProtected() {
    return original != null && bytes == original.protectedBytes;
  }

  /** Whether {@link #stamp} takes a number of the transport-wide sequence. */
  public boolean takesTransportSequence() {
    return !isProtected() && stream.hasTransportSequence();
  }

  /**
   * To be called when the packet leaves, before it is protected: writes the time and the number
   * into its header extensions, and counts it. One that {@link #isProtected} is only counted.
   *
   * @param transportSequence 16 bits; ignored unless {@link #takesTransportSequence}
   */
  public void stamp(int transportSequence, long nowNs) {
    sentNs = nowNs;
    OutgoingPacket retransmitted = original;
    if (retransmitted != null) {
      retransmitted.isQueuedAgain = false;
    }
    stream.onLeaving(this, transportSequence, nowNs);
  }

  /** Whether {@link #keepProtected} has to be called. */
  public boolean needsProtectedBytes() {
    return original == null && kind() != PacketKind.PADDING && stream.repeatsPackets();
  }

  /** Keeps what SRTP made of this packet, for a retransmission. */
  public void keepProtected(byte[] buffer, int offset, int length) {
    protectedBytes = Arrays.copyOfRange(buffer, offset, offset + length);
  }

  boolean hasProtectedBytes() {
    return protectedBytes != null;
  }

  /**
   * Whether the remote, asking for this packet, may get it: once in a round trip, and not while it
   * still waits for the pacer.
   */
  boolean mayBeRequested(long roundTripNs, long nowNs) {
    long waitNs = isQueuedAgain ? Math.max(roundTripNs, MAX_QUEUED_NS) : roundTripNs;
    // An eighth less: the requests of one round trip may come a little closer.
    return !isAccepted || nowNs - acceptedNs >= waitNs - waitNs / 8;
  }

  /** The remote is to get it once more. */
  void onRequested(long nowNs) {
    isAccepted = true;
    acceptedNs = nowNs;
    isQueuedAgain = true;
  }

  RtpHeader header() {
    return header;
  }

  long sentNs() {
    return sentNs;
  }
}
