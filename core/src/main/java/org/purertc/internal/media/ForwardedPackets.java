package org.purertc.internal.media;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.rtp.ForwardedNumbers;
import org.purertc.internal.rtp.FrameHeader;
import org.purertc.internal.rtp.OutgoingPacket;
import org.purertc.internal.rtp.SendStream;
import org.purertc.sdp.FormatParameters;

/**
 * Packets of other streams on their way into one that we send: its SSRC, payload types and numbers.
 * Video changes from one stream to another with a key frame only.
 */
final class ForwardedPackets {
  /** With headers of ours and those of SRTP, UDP and IPv6 it still fits into 1,500 bytes. */
  private static final int MAX_PAYLOAD_BYTES = 1_380;

  private static final int MAX_HELD = 128;

  private final SendStream stream;
  private final Consumer<OutgoingPacket> pacer;
  private final boolean isVideo;
  private final SentExtensions extensions;
  private final ForwardedNumbers numbers = new ForwardedNumbers();

  /** Of video that waits for a key frame: its beginning may come behind the rest of it. */
  private final Deque<MediaPacket> held = new ArrayDeque<>();

  ForwardedPackets(
      SendStream stream,
      MediaKind kind,
      SentExtensions extensions,
      Consumer<OutgoingPacket> pacer) {
    this.stream = stream;
    this.isVideo = kind == MediaKind.VIDEO;
    this.extensions = extensions;
    this.pacer = pacer;
  }

  /** Packets were passed over: what follows begins anew. */
  void interrupt() {
    held.clear();
    numbers.interrupt();
  }

  /** Whether it cannot go out before a key frame of its stream. */
  boolean needsKeyFrame(MediaPacket packet) {
    return isVideo
        && !packet.keyFrame()
        && !numbers.continues(packet.ssrc(), packet.sequence(), stream.nextSequence());
  }

  /** It cannot go out now, but perhaps behind the next one that can. */
  void hold(MediaPacket packet) {
    if (packet.payload().length <= MAX_PAYLOAD_BYTES) {
      if (held.size() == MAX_HELD) {
        held.remove();
      }
      held.add(packet);
    }
  }

  /** Whether its stream was left for another one before it came. */
  boolean isLate(MediaPacket packet) {
    return numbers.isOfThePast(packet.ssrc(), packet.sequence());
  }

  /**
   * Sends it, and what was held that belongs behind it, unless it was sent before.
   *
   * @param codec what it is for the remote
   * @return whether it was sent
   */
  boolean send(MediaPacket packet, Codec codec, long nowNs) {
    boolean sent = sendAlone(packet, codec, nowNs);
    if (sent && !held.isEmpty()) {
      for (MediaPacket each : held) {
        if (each.ssrc() == packet.ssrc() && each.sequence() > packet.sequence()) {
          sendAlone(each, codec, nowNs);
        }
      }
      held.clear();
    }
    return sent;
  }

  private boolean sendAlone(MediaPacket packet, Codec codec, long nowNs) {
    if (packet.payload().length > MAX_PAYLOAD_BYTES) {
      return false;
    }
    boolean joins = !numbers.continues(packet.ssrc(), packet.sequence(), stream.nextSequence());
    if (joins) {
      numbers.join(packet.ssrc(), packet.sequence(), stream.nextSequence());
      numbers.joinAt(packet.timestamp(), codec.clockRate(), nowNs);
    }
    long sequence = numbers.take(packet.sequence(), packet.timestamp(), nowNs);
    if (sequence < 0) {
      return false;
    }
    FrameHeader header =
        new FrameHeader(
            codec.payloadType(),
            numbers.timestamp(packet.timestamp()),
            extensions.captureNs(packet.said(), nowNs),
            extensions.of(packet.said(), nowNs));
    // RFC 3551 section 4.1: in audio it lets the receiver's buffer adapt to another source.
    boolean marker = packet.marker() || joins && !isVideo;
    pacer.accept(stream.forward(header, marker, packet.payload(), sequence, nowNs));
    return true;
  }

  /** What a remote that negotiated these calls it; null when it would not understand it. */
  static @Nullable Codec codecFor(Codec received, Iterable<Codec> negotiated) {
    Codec found = null;
    for (Codec each : negotiated) {
      if (each.mimeType().equalsIgnoreCase(received.mimeType())
          && each.clockRate() == received.clockRate()) {
        if (each.fmtp().equals(received.fmtp())) {
          return each;
        }
        found = found == null && takes(each, received) ? each : found;
      }
    }
    return found;
  }

  /** Whether payloads made for one are allowed by the other's parameters. */
  private static boolean takes(Codec negotiated, Codec received) {
    FormatParameters ours = FormatParameters.of(received.fmtp());
    FormatParameters theirs = FormatParameters.of(negotiated.fmtp());
    // RFC 6184 section 6.2: mode 0 has no fragments. VP9's profiles are different formats.
    return theirs.number("packetization-mode", 0) >= ours.number("packetization-mode", 0)
        && theirs.number("profile-id", 0) == ours.number("profile-id", 0);
  }
}
