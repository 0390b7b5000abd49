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
import org.purertc.internal.util.MalformedPacketException;

/** A stream of audio, with the tones between its frames. */
final class AudioReception implements Reception {
  private static final String TONES = "audio/telephone-event";

  private final String rid;
  private final ReceivingMedia owner;
  private @Nullable ReceiveStream stream;
  private @Nullable TelephoneEventReceiver tones;
  private int payloadType = -1;
  private long newestSequence = Long.MIN_VALUE;
  private long frames;
  private long samples;
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
    int length = packet.payloadLength();
    if (codec == null || length == 0) {
      return;
    }
    int start = packet.payloadOffset();
    byte[] payload = Arrays.copyOfRange(packet.buffer(), start, start + length);
    if (codec.mimeType().equalsIgnoreCase(TONES)) {
      receiveTone(packet, payload, nowNs);
    } else if (sequence <= newestSequence) {
      discarded++;
    } else {
      newestSequence = sequence;
      payloadType = packet.payloadType();
      deliver(codec, payload, timestamp, nowNs);
    }
  }

  private void deliver(Codec codec, byte[] payload, long timestamp, long nowNs) {
    long ticks = ticks(codec, payload);
    frames++;
    samples += ticks;
    owner.deliver(
        this,
        new MediaFrame(
            codec.mimeType(),
            payload,
            owner.timestampUs(this, timestamp, codec.clockRate(), nowNs),
            TrackClock.toUs(ticks, codec.clockRate()),
            true),
        null);
  }

  private static int ticks(Codec codec, byte[] payload) {
    try {
      return AudioDuration.ticks(codec.mimeType(), payload, 0, payload.length);
    } catch (MalformedPacketException e) {
      return 0; // the decoder will say what it thinks of it
    }
  }

  private void receiveTone(RtpPacket packet, byte[] payload, long nowNs) {
    TelephoneEventReceiver receiver = tones;
    if (receiver == null) {
      receiver = new TelephoneEventReceiver();
      tones = receiver;
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
    owner.rebase(this);
  }

  @Override
  public void jitterBufferTarget(long targetNs, long nowNs) {}

  @Override
  public long nextDeadlineNs() {
    return tones == null ? Long.MAX_VALUE : tones.nextDeadlineNs();
  }

  @Override
  public void onDeadline(long nowNs) {
    TelephoneEventReceiver receiver = tones;
    if (receiver != null && receiver.nextDeadlineNs() <= nowNs) {
      receiver.onDeadline(nowNs);
      takeTones(receiver);
    }
  }

  @Override
  public ReceptionFigures figures() {
    return new ReceptionFigures(
        frames, frames, 0, 0, discarded, 0, 0, samples, 0, 0, 0, 0, payloadType);
  }
}
