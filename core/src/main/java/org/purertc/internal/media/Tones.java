package org.purertc.internal.media;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.NegotiatedMedia;
import org.purertc.internal.rtp.FrameHeader;
import org.purertc.internal.rtp.OutgoingPacket;
import org.purertc.internal.rtp.PacketExtensions;
import org.purertc.internal.rtp.SendStream;
import org.purertc.internal.rtp.format.TelephoneEvent;
import org.purertc.internal.rtp.format.TelephoneEventReport;
import org.purertc.internal.rtp.format.TelephoneEventSender;
import org.purertc.internal.util.ByteWriter;

/**
 * Tones within the stream of an audio track, RFC 4733: its SSRC, its timestamps.
 *
 * <p>Section 2.1 wants one clock for both. Firefox takes events of 8 kHz only, beside Opus too; the
 * timestamps stay the stream's then, as browsers send them, and durations are in the events' clock.
 */
final class Tones {
  private static final int REPORT_INTERVAL_MS = 20;

  private final Codec codec;
  private final int streamClockRate;
  private final SendStream stream;
  private final Consumer<OutgoingPacket> pacer;
  private final TransceiverListener listener;
  private final TelephoneEventSender sender;
  private long durationNs;
  private long gapNs;

  private Tones(
      Codec codec,
      SendStream stream,
      Consumer<OutgoingPacket> pacer,
      TransceiverListener listener) {
    this.codec = codec;
    this.streamClockRate = stream.parameters().clockRate();
    this.stream = stream;
    this.pacer = pacer;
    this.listener = listener;
    this.sender = new TelephoneEventSender(codec.clockRate(), REPORT_INTERVAL_MS);
  }

  /** Null when the remote takes no tones. */
  static @Nullable Tones of(
      NegotiatedMedia media,
      SendStream stream,
      Consumer<OutgoingPacket> pacer,
      TransceiverListener listener) {
    Codec codec = codec(media, stream);
    return codec == null ? null : new Tones(codec, stream, pacer, listener);
  }

  /** That of the stream's clock rate if there is one. */
  private static @Nullable Codec codec(NegotiatedMedia media, SendStream stream) {
    Codec found = null;
    for (Codec codec : media.sendCodecs()) {
      if (codec.mimeType().equalsIgnoreCase("audio/telephone-event")
          && (found == null || codec.clockRate() == stream.parameters().clockRate())) {
        found = codec;
      }
    }
    return found;
  }

  /**
   * After a negotiation, or another codec of the sound: these, or others that play what these had
   * not begun; null when the remote takes no tones any more.
   */
  @Nullable Tones renewed(NegotiatedMedia media, long nowNs) {
    Codec now = codec(media, stream);
    if (now != null
        && now.payloadType() == codec.payloadType()
        && now.clockRate() == codec.clockRate()
        && streamClockRate == stream.parameters().clockRate()) {
      return this;
    }
    Tones next = of(media, stream, pacer, listener);
    if (next != null && !sender.toneBuffer().isEmpty()) {
      next.insert(sender.toneBuffer(), durationNs, gapNs, nowNs);
    }
    return next;
  }

  void insert(String tones, long eachNs, long betweenNs, long nowNs) {
    durationNs = eachNs;
    gapNs = betweenNs;
    sender.insert(tones, (int) (eachNs / 1_000_000), (int) (betweenNs / 1_000_000), nowNs);
  }

  boolean isSounding() {
    return sender.isSounding();
  }

  long nextDeadlineNs() {
    return sender.nextDeadlineNs();
  }

  /**
   * @param timestampUs of the track, as it would be now
   */
  void onDeadline(long timestampUs, long nowNs) {
    sender.onDeadline(nowNs);
    TelephoneEventReport report = sender.pollReport();
    while (report != null) {
      send(report, timestampUs, nowNs);
      report = sender.pollReport();
    }
    String tone = sender.pollToneChange();
    while (tone != null) {
      listener.onTone(tone, sender.toneBuffer());
      tone = sender.pollToneChange();
    }
  }

  private void send(TelephoneEventReport report, long timestampUs, long nowNs) {
    long startUs = timestampUs - (nowNs - report.toneStartNs()) / 1_000;
    long ticks =
        SendingMedia.ticks(startUs, streamClockRate)
            + report.timestampOffset() * streamClockRate / codec.clockRate();
    byte[] payload = new byte[TelephoneEvent.BYTES];
    report.event().write(new ByteWriter(payload, 0));
    FrameHeader header = new FrameHeader(codec.payloadType(), ticks, nowNs, PacketExtensions.NONE);
    pacer.accept(stream.packet(header, report.marker(), payload, nowNs));
  }
}
