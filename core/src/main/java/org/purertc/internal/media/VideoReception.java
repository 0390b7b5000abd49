package org.purertc.internal.media;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.rtp.PacketExtensions;
import org.purertc.internal.rtp.RtpPacket;
import org.purertc.internal.rtp.format.Depacketizer;
import org.purertc.internal.rtp.format.PayloadFormats;
import org.purertc.internal.rtp.format.VideoFrameInfo;
import org.purertc.internal.rtp.jitter.AssembledFrame;
import org.purertc.internal.rtp.jitter.BufferedPacket;
import org.purertc.internal.rtp.jitter.VideoBufferCounters;
import org.purertc.internal.rtp.jitter.VideoBufferLimits;
import org.purertc.internal.rtp.jitter.VideoFrameBuffer;
import org.purertc.internal.rtp.jitter.VideoFrameListener;
import org.purertc.internal.util.MalformedPacketException;
import org.purertc.internal.util.Timer;

/** A stream of video: frames as soon as they can be decoded. */
final class VideoReception extends Reception implements VideoFrameListener {
  private static final int CLOCK_RATE = 90_000;

  private final @Nullable Depacketizer[] depacketizers = new Depacketizer[128];
  private final VideoFrameBuffer buffer;
  private int payloadType = -1;
  private boolean isReplaced;

  VideoReception(String rid, ReceivingMedia owner) {
    super(rid, owner);
    buffer = new VideoFrameBuffer(CLOCK_RATE, VideoBufferLimits.DEFAULT, this::depacketizer, this);
  }

  private @Nullable Depacketizer depacketizer(int type) {
    Depacketizer known = depacketizers[type];
    if (known == null) {
      Codec codec = owner.codec(type);
      String fmtp = owner.remoteFmtp(type);
      known = codec == null ? null : PayloadFormats.depacketizer(codec.mimeType(), fmtp);
      depacketizers[type] = known;
    }
    return known;
  }

  /** Payload types may mean other codecs now. */
  void renegotiated() {
    Arrays.fill(depacketizers, null);
  }

  @Override
  public void onPacket(RtpPacket packet, long sequence, long timestamp, long nowNs) {
    boolean isTaken = owner.takes(this, nowNs);
    if (!isTaken && !owner.wantsPackets()) {
      stream().discardUpTo(sequence);
      return;
    }
    extensions.onPacket(packet, owner.extensions(), timestamp, stream().captureClock());
    byte[] payload = packet.copyPayload();
    if (owner.wantsPackets()) {
      deliver(packet, sequence, timestamp, payload);
    }
    if (!isTaken) {
      return;
    }
    isReplaced = false;
    arrived(timestamp, nowNs);
    buffer.setRetransmissions(stream().asksForLost(), stream().roundTripNs());
    buffer.insert(
        new BufferedPacket(
            sequence, timestamp, packet.marker(), packet.payloadType(), payload, nowNs),
        nowNs);
  }

  private void deliver(RtpPacket packet, long sequence, long timestamp, byte[] payload) {
    Codec codec = owner.codec(packet.payloadType());
    if (codec == null) {
      return;
    }
    Depacketizer format = depacketizer(packet.payloadType());
    boolean keyFrame =
        format != null && payload.length > 0 && PayloadFormats.beginsKeyFrame(format, payload);
    if (keyFrame) {
      stream().onKeyFrame();
    }
    PacketExtensions said = extensions.at(timestamp, CLOCK_RATE, stream().captureClock());
    owner.deliver(
        new MediaPacket(
            codec,
            sequence,
            timestamp,
            packet.marker(),
            packet.ssrc(),
            rid(),
            said,
            keyFrame,
            payload));
  }

  @Override
  public void onRestart() {
    extensions.restart();
    owner.rebase(this);
  }

  @Override
  public void onFrame(AssembledFrame frame, long nowNs) {
    payloadType = frame.payloadType();
    stream().discardUpTo(frame.lastSequence());
    if (frame.keyFrame()) {
      stream().onKeyFrame();
    }
    Codec codec = owner.codec(frame.payloadType());
    if (codec != null) {
      long timestampUs = owner.timestampUs(this, frame.timestamp(), CLOCK_RATE, nowNs);
      MediaFrame delivered =
          new MediaFrame(
              codec.mimeType(),
              frame.data(),
              timestampUs,
              0,
              frame.keyFrame(),
              extensions.at(frame.timestamp(), CLOCK_RATE, stream().captureClock()));
      owner.deliver(this, delivered, info(delivered));
    }
  }

  private @Nullable VideoFrameInfo info(MediaFrame frame) {
    if (!frame.keyFrame()) {
      return null;
    }
    try {
      return PayloadFormats.frameInfo(frame.mimeType(), frame.data());
    } catch (MalformedPacketException e) {
      return null; // statistics only
    }
  }

  @Override
  public void onKeyFrameNeeded(long nowNs) {
    if (!isReplaced) {
      stream().requestKeyFrame();
    }
  }

  @Override
  void smooth(Smoothing smoothing, long nowNs) {
    buffer.setTargetDelayNs(smoothing.isVideoDelayed() ? smoothing.leastNs() : 0, nowNs);
  }

  @Override
  void onReplaced() {
    isReplaced = true;
    stream().onKeyFrame(); // no more requests of one
    buffer.clear(lastArrivalNs());
  }

  @Override
  int clockRate() {
    return CLOCK_RATE;
  }

  @Override
  long currentDelayNs() {
    return buffer.currentDelayNs();
  }

  @Override
  long nextDeadlineNs() {
    return isReplaced ? Timer.NEVER : buffer.nextDeadlineNs();
  }

  @Override
  void onDeadline(long nowNs) {
    if (buffer.nextDeadlineNs() <= nowNs) {
      buffer.onDeadline(nowNs);
    }
  }

  @Override
  ReceptionFigures figures() {
    VideoBufferCounters counters = buffer.counters();
    return new ReceptionFigures(payloadType, counters.packetsDiscarded(), null, counters);
  }
}
