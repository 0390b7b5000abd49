package org.purertc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives one track from the remote peer. Any thread; reads are snapshots.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcrtpreceiver-interface">WebRTC 5.3,
 *     RTCRtpReceiver</a>
 */
public final class RTCRtpReceiver {
  private final TransceiverCore transceiver;
  private final MediaStreamTrack track;
  private final PacketInbox packets;
  private volatile @Nullable Duration jitterBufferTarget;
  private volatile @Nullable Consumer<String> tone;

  RTCRtpReceiver(TransceiverCore transceiver, MediaStreamTrack track, PacketInbox packets) {
    this.transceiver = transceiver;
    this.track = track;
    this.packets = packets;
  }

  /** What this implementation can receive of one kind. */
  public static RTCRtpCapabilities getCapabilities(MediaKind kind) {
    return Capabilities.of(kind);
  }

  /** What is received; it exists, muted, also while the remote peer sends nothing. */
  public MediaStreamTrack track() {
    return track;
  }

  /**
   * The restriction ids of the simulcast layers that the remote peer sends (RFC 8853), in its
   * order; empty without simulcast. {@link #track()} is the first of those that come.
   */
  public List<String> rids() {
    return transceiver.receivedRids();
  }

  /**
   * One simulcast layer, for those who forward: give senders the layer that suits them ({@link
   * RTCRtpSender#replaceTrack}). Its frames come, and are repaired, from the first call on; key
   * frames are asked for layer by layer. Timestamps of all layers count from the same start.
   *
   * @param rid one of {@link #rids()}
   * @return the same track for the same rid
   * @throws RTCException {@code NotFoundError} when the remote peer announced no such layer
   */
  public MediaStreamTrack track(String rid) {
    if (!rids().contains(rid)) {
      throw new RTCException("NotFoundError", "track: no layer \"" + rid + "\" in " + rids());
    }
    return transceiver.layer(rid);
  }

  /** What carries it; null before the first negotiation. */
  public @Nullable RTCDtlsTransport transport() {
    return transceiver.transport();
  }

  /** What was negotiated. */
  public RTCRtpParameters getParameters() {
    return transceiver.receiveParameters();
  }

  /** What was asked for; null for the default. */
  public @Nullable Duration jitterBufferTarget() {
    return jitterBufferTarget;
  }

  /**
   * How long frames wait to smooth out the network's jitter.
   *
   * <p>The default delivers a frame of video as soon as it can be decoded, and audio at an even
   * pace after a delay that follows the jitter. A track that senders have, too (an echo, an SFU),
   * is not delayed at all: whoever plays it at the other end smooths out the whole path, and would
   * pay twice.
   *
   * <p>A target is the least delay, also of a track that is sent on; audio waits at most 750 ms.
   * Zero delivers audio at once, in order, and a lost packet holds the ones behind it back for 20
   * ms.
   *
   * <p>Sound and picture in the same stream are brought together (lip sync) when the video has a
   * target above zero, and the audio is delayed, too: by its default or by a target. Otherwise
   * frames are not held back for one another, since a program that records or forwards has no use
   * for it.
   *
   * @param target 0 to 4 seconds; null for the default
   * @throws RTCException {@code RangeError} when it is longer or negative
   */
  public void jitterBufferTarget(@Nullable Duration target) {
    if (target != null && (target.isNegative() || target.toMillis() > 4_000)) {
      throw new RTCException("RangeError", "jitterBufferTarget " + target + ": 0 to 4 s");
    }
    jitterBufferTarget = target;
    long targetNs = target == null ? -1 : target.toNanos();
    transceiver.onLoop(port -> port.jitterBufferTarget(targetNs));
  }

  /**
   * Sets the handler of the keys that a caller presses, sent as telephone events (RFC 4733): called
   * as each tone begins, with {@code 0-9 A-D # *}. W3C has no such event, and its receivers drop
   * these packets.
   */
  public void onTone(@Nullable Consumer<String> handler) {
    tone = handler;
  }

  void toneReceived(String key) {
    Consumer<String> handler = tone;
    if (handler != null) {
      handler.accept(key);
    }
  }

  /**
   * Sets the handler of RTP packets as they come, from then on, beside the frames of the track: out
   * of order where the network or a retransmission makes it so, each once, telephone events and the
   * packets of all simulcast layers among them. Lost packets are asked for meanwhile. A handler
   * that is too slow loses packets ({@link #droppedPackets}): at most 4,096 or 8 MiB wait for it.
   * Null ends it.
   *
   * <p>{@link EncodedMediaSource#write(RTCRtpPacket)} sends them on.
   */
  public void onPacket(@Nullable Consumer<? super RTCRtpPacket> handler) {
    packets.setHandler(handler);
    boolean wanted = handler != null;
    transceiver.onLoop(port -> port.packets(wanted));
  }

  /** Packets that {@link #onPacket}'s handler did not take in time. */
  public long droppedPackets() {
    return packets.dropped();
  }

  /** Loop thread. */
  void packetReceived(RTCRtpPacket packet) {
    packets.add(packet);
  }

  /** Statistics of what it receives, and of all that they refer to. */
  public CompletableFuture<RTCStatsReport> getStats() {
    return transceiver.getStats(false);
  }

  @Override
  public String toString() {
    return "receiver of " + track;
  }
}
