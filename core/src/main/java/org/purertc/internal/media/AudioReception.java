package org.purertc.internal.media;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.rtp.ReceiveStream;
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
final class AudioReception implements Reception, AudioListener {
  private static final String TONES = "audio/telephone-event";

  private final String rid;
  private final ReceivingMedia owner;
  private @Nullable ReceiveStream stream;
  private @Nullable TelephoneEventReceiver tones;
  private int toneClockRate;
  private int payloadType = -1;
  private final AudioDelay delay = new AudioDelay(this::ticks, this);
  private long lastTimestamp;
  private long lastArrivalNs;
  private long discarded;

  AudioReception(String rid, ReceivingMedia owner) {
    this.rid = rid;
    this.owner = owner;
  }

  @Override
  public void attach(ReceiveStream opened) {
    stream = opened;
  }

  @Override
  public ReceiveStream stream() {
    ReceiveStream opened = stream;
    if (opened == null) {
      throw new IllegalStateException("not attached");
    }
    return opened;
  }

  @Override
  public String rid() {
    return rid;
  }

  @Override
  public void onPacket(RtpPacket packet, long sequence, long timestamp, long nowNs) {
    Codec codec = owner.codec(packet.payloadType());
    if (codec == null || !owner.takes(this, nowNs)) {
      stream().discardUpTo(sequence);
      return;
    }
    lastTimestamp = timestamp;
    lastArrivalNs = nowNs;
    int length = packet.payloadLength();
    int start = packet.payloadOffset();
    boolean isTone = codec.mimeType().equalsIgnoreCase(TONES);
    if (length == 0 || isTone) {
      delay.pass(sequence, timestamp, packet.payloadType(), nowNs);
    }
    if (length == 0) {
      return;
    }
    byte[] payload = Arrays.copyOfRange(packet.buffer(), start, start + length);
    if (isTone) {
      receiveTone(packet, payload, codec.clockRate(), nowNs);
    } else {
      BufferedPacket audio =
          new BufferedPacket(
              sequence, timestamp, packet.marker(), packet.payloadType(), payload, nowNs);
      insert(audio, codec, nowNs);
    }
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
            true);
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
    delay.end(lastArrivalNs);
    owner.rebase(this);
  }

  @Override
  public void smooth(Smoothing smoothing, long nowNs) {
    delay.smooth(smoothing, nowNs);
  }

  @Override
  public void onReplaced() {
    delay.end(lastArrivalNs);
  }

  @Override
  public int clockRate() {
    return delay.clockRate();
  }

  @Override
  public long lastTimestamp() {
    return lastTimestamp;
  }

  @Override
  public long lastArrivalNs() {
    return lastArrivalNs;
  }

  @Override
  public long currentDelayNs() {
    return delay.currentDelayNs();
  }

  @Override
  public long nextDeadlineNs() {
    TelephoneEventReceiver receiver = tones;
    return Math.min(
        delay.nextDeadlineNs(), receiver == null ? Timer.NEVER : receiver.nextDeadlineNs());
  }

  @Override
  public void onDeadline(long nowNs) {
    delay.onDeadline(nowNs);
    TelephoneEventReceiver receiver = tones;
    if (receiver != null && receiver.nextDeadlineNs() <= nowNs) {
      receiver.onDeadline(nowNs);
      takeTones(receiver);
    }
  }

  @Override
  public ReceptionFigures figures() {
    AudioBufferCounters counters = delay.counters();
    return new ReceptionFigures(
        payloadType, discarded + delay.discarded() + counters.packetsDiscarded(), counters, null);
  }
}
