package org.purertc.internal.media;

import java.util.List;
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

  private final int payloadType;
  private final int eventClockRate;
  private final int streamClockRate;
  private final SendStream stream;
  private final Consumer<OutgoingPacket> pacer;
  private final TransceiverListener listener;
  private final TelephoneEventSender sender;

  private Tones(
      Codec codec,
      int streamClockRate,
      SendStream stream,
      Consumer<OutgoingPacket> pacer,
      TransceiverListener listener) {
    this.payloadType = codec.payloadType();
    this.eventClockRate = codec.clockRate();
    this.streamClockRate = streamClockRate;
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
    List<Codec> codecs = media.sendCodecs();
    Codec found = null;
    for (Codec codec : codecs) {
      if (codec.mimeType().equalsIgnoreCase("audio/telephone-event")
          && (found == null || codec.clockRate() == codecs.get(0).clockRate())) {
        found = codec;
      }
    }
    return found == null
        ? null
        : new Tones(found, codecs.get(0).clockRate(), stream, pacer, listener);
  }

  void insert(String tones, long durationNs, long gapNs, long nowNs) {
    sender.insert(tones, (int) (durationNs / 1_000_000), (int) (gapNs / 1_000_000), nowNs);
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
            + report.timestampOffset() * streamClockRate / eventClockRate;
    byte[] payload = new byte[TelephoneEvent.BYTES];
    report.event().write(new ByteWriter(payload, 0));
    FrameHeader header = new FrameHeader(payloadType, ticks, nowNs, PacketExtensions.NONE);
    pacer.accept(stream.packet(header, report.marker(), payload, nowNs));
  }
}
