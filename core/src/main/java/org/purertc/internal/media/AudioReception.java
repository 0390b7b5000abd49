package org.purertc.internal.media;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.rtp.PacketExtensions;
import org.purertc.internal.rtp.RtpPacket;
import org.purertc.internal.rtp.format.AudioDuration;
import org.purertc.internal.rtp.format.ReceivedTone;
import org.purertc.internal.rtp.format.TelephoneEvent;
import org.purertc.internal.rtp.format.TelephoneEventReceiver;
import org.purertc.internal.rtp.jitter.AudioBufferCounters;
import org.purertc.internal.rtp.jitter.AudioFrame;
import org.purertc.internal.rtp.jitter.AudioGap;
import org.purertc.internal.rtp.jitter.AudioListener;
import org.purertc.internal.rtp.jitter.BufferedPacket;
import org.purertc.internal.util.MalformedPacketException;
import org.purertc.internal.util.Timer;

/** A stream of audio, with the tones between its frames. */
final class AudioReception extends Reception implements AudioListener {
  private static final String TONES = "audio/telephone-event";

  private @Nullable TelephoneEventReceiver tones;
  private int toneClockRate;
  private int payloadType = -1;
  private final AudioDelay delay = new AudioDelay(this::ticks, this);
  private long discarded;

  AudioReception(String rid, ReceivingMedia owner) {
    super(rid, owner);
  }

  @Override
  public void onPacket(RtpPacket packet, long sequence, long timestamp, long nowNs) {
    Codec codec = owner.codec(packet.payloadType());
    boolean isTaken = owner.takes(this, nowNs);
    if (codec == null || !isTaken && !owner.wantsPackets()) {
      stream().discardUpTo(sequence);
      return;
    }
    extensions.onPacket(packet, owner.extensions(), timestamp, stream().captureClock());
    byte[] payload = packet.copyPayload();
    if (owner.wantsPackets()) {
      owner.deliver(forwarded(packet, codec, sequence, timestamp, payload));
    }
    if (!isTaken) {
      return;
    }
    arrived(timestamp, nowNs);
    int length = payload.length;
    boolean isTone = codec.mimeType().equalsIgnoreCase(TONES);
    if (length == 0 || isTone) {
      delay.pass(sequence, timestamp, packet.payloadType(), nowNs);
    }
    if (length == 0) {
      return;
    }
    if (isTone) {
      receiveTone(packet, payload, codec.clockRate(), nowNs);
    } else {
      BufferedPacket audio =
          new BufferedPacket(
              sequence, timestamp, packet.marker(), packet.payloadType(), payload, nowNs);
      insert(audio, codec, nowNs);
    }
  }

  private MediaPacket forwarded(
      RtpPacket packet, Codec codec, long sequence, long timestamp, byte[] payload) {
    PacketExtensions said = extensions.at(timestamp, codec.clockRate(), stream().captureClock());
    return new MediaPacket(
        codec, sequence, timestamp, packet.marker(), packet.ssrc(), rid(), said, true, payload);
  }

  private void insert(BufferedPacket packet, Codec codec, long nowNs) {
    if (delay.clockRate() != 0 && delay.clockRate() != codec.clockRate()) {
      onRestart(); // RFC 7160: its timestamps have another unit from here on
    }
    delay.insert(packet, codec.clockRate(), nowNs);
  }

  @Override
  public void onFrame(AudioFrame frame, long nowNs) {
    payloadType = frame.payloadType();
    stream().discardUpTo(frame.sequence());
    MediaFrame delivered =
        frame(frame.data(), frame.payloadType(), frame.timestamp(), frame.durationTicks(), nowNs);
    if (delivered != null) {
      owner.deliver(this, delivered, null);
    }
  }

  @Override
  public void onGap(AudioGap gap, long nowNs) {
    stream().discardUpTo(gap.sequence() + gap.packets() - 1);
    BufferedPacket behind = gap.next();
    MediaFrame next = null;
    if (behind != null) {
      int ticks = ticks(behind.payloadType(), behind.payload());
      next = frame(behind.payload(), behind.payloadType(), behind.timestamp(), ticks, nowNs);
    }
    long startUs = owner.timestampUs(this, gap.timestamp(), delay.clockRate(), nowNs);
    long durationUs = TrackClock.toUs(gap.durationTicks(), delay.clockRate());
    owner.deliverGap(this, startUs, durationUs, next);
  }

  /** Null when its codec is not negotiated any more. */
  private @Nullable MediaFrame frame(byte[] data, int type, long timestamp, int ticks, long nowNs) {
    Codec codec = owner.codec(type);
    return codec == null
        ? null
        : new MediaFrame(
            codec.mimeType(),
            data,
            owner.timestampUs(this, timestamp, delay.clockRate(), nowNs),
            TrackClock.toUs(ticks, delay.clockRate()),
            true,
            extensions.at(timestamp, delay.clockRate(), stream().captureClock()));
  }

  private int ticks(int type, byte[] payload) {
    Codec codec = owner.codec(type);
    try {
      return codec == null ? 0 : AudioDuration.ticks(codec.mimeType(), payload, 0, payload.length);
    } catch (MalformedPacketException e) {
      return 0; // the decoder will say what it thinks of it
    }
  }

  private void receiveTone(RtpPacket packet, byte[] payload, int clockRate, long nowNs) {
    TelephoneEventReceiver receiver = tones;
    if (receiver == null || clockRate != toneClockRate) {
      // RFC 7160: timestamps of another unit say nothing of which event is older.
      receiver = new TelephoneEventReceiver();
      tones = receiver;
      toneClockRate = clockRate;
    }
    try {
      receiver.receive((int) packet.timestamp(), payload, nowNs);
    } catch (MalformedPacketException e) {
      discarded++;
    }
    takeTones(receiver);
  }

  private void takeTones(TelephoneEventReceiver receiver) {
    for (ReceivedTone tone = receiver.poll(); tone != null; tone = receiver.poll()) {
      char key = TelephoneEvent.toneOf(tone.code());
      if (!tone.ended() && key != ' ') {
        owner.deliverTone(String.valueOf(key));
      }
    }
  }

  @Override
  public void onRestart() {
    extensions.restart();
    delay.end(lastArrivalNs());
    owner.rebase(this);
  }

  @Override
  void smooth(Smoothing smoothing, long nowNs) {
    delay.smooth(smoothing, nowNs);
  }

  @Override
  void onReplaced() {
    delay.end(lastArrivalNs());
  }

  @Override
  int clockRate() {
    return delay.clockRate();
  }

  @Override
  long currentDelayNs() {
    return delay.currentDelayNs();
  }

  @Override
  long nextDeadlineNs() {
    TelephoneEventReceiver receiver = tones;
    return Math.min(
        delay.nextDeadlineNs(), receiver == null ? Timer.NEVER : receiver.nextDeadlineNs());
  }

  @Override
  void onDeadline(long nowNs) {
    delay.onDeadline(nowNs);
    TelephoneEventReceiver receiver = tones;
    if (receiver != null && receiver.nextDeadlineNs() <= nowNs) {
      receiver.onDeadline(nowNs);
      takeTones(receiver);
    }
  }

  @Override
  ReceptionFigures figures() {
    AudioBufferCounters counters = delay.counters();
    return new ReceptionFigures(
        payloadType, discarded + delay.discarded() + counters.packetsDiscarded(), counters, null);
  }
}
