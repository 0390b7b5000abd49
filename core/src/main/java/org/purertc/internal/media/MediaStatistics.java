package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.jsep.NegotiatedMedia;
import org.purertc.internal.rtp.NtpClock;
import org.purertc.internal.rtp.ReceiveStatistics;
import org.purertc.internal.rtp.RemoteReceptionStatistics;
import org.purertc.internal.rtp.RemoteSendStatistics;
import org.purertc.internal.rtp.SendStatistics;
import org.purertc.internal.rtp.format.AudioDuration;
import org.purertc.internal.rtp.jitter.AudioBufferCounters;
import org.purertc.internal.rtp.jitter.VideoBufferCounters;
import org.purertc.internal.stats.StatsEntry;

/**
 * What W3C's statistics say of audio and video. Frames are not decoded here: what the standard
 * counts as decoded counts here as given to the program, and what it counts as encoded as taken
 * from it.
 */
public final class MediaStatistics {
  private final MediaSession session;
  private final double timestampMs;
  private final Map<String, StatsEntry> entries = new LinkedHashMap<>();

  private MediaStatistics(MediaSession session, double timestampMs) {
    this.session = session;
    this.timestampMs = timestampMs;
  }

  /** Everything of one moment. */
  public static List<StatsEntry> of(MediaSession session, double timestampMs) {
    MediaStatistics statistics = new MediaStatistics(session, timestampMs);
    for (MediaTransceiver transceiver : session.transceivers()) {
      transceiver.sending().forEach(each -> statistics.sending(transceiver, each));
      ReceivingMedia receiving = transceiver.receiving();
      if (receiving != null) {
        receiving.receptions().forEach(each -> statistics.receiving(receiving, each));
      }
    }
    return new ArrayList<>(statistics.entries.values());
  }

  /** The ids of what one half of a transceiver is about. */
  public static Set<String> rootsOf(MediaTransceiver transceiver, boolean ofSender) {
    Set<String> roots = new HashSet<>();
    ReceivingMedia receiving = transceiver.receiving();
    if (ofSender) {
      transceiver.sending().forEach(each -> roots.add(outboundId(each)));
      transceiver.sending().forEach(each -> roots.add(remoteInboundId(each)));
    } else if (receiving != null) {
      receiving.receptions().forEach(each -> roots.add(inboundId(each)));
      receiving.receptions().forEach(each -> roots.add(remoteOutboundId(each)));
    }
    return roots;
  }

  private static String outboundId(SendingMedia media) {
    return "OUT" + media.stream().parameters().ssrc();
  }

  private static String remoteInboundId(SendingMedia media) {
    return "RIN" + media.stream().parameters().ssrc();
  }

  private static String inboundId(Reception reception) {
    return "IN" + reception.stream().ssrc();
  }

  private static String remoteOutboundId(Reception reception) {
    return "ROUT" + reception.stream().ssrc();
  }

  private void sending(MediaTransceiver transceiver, SendingMedia media) {
    SendStatistics sent = media.stream().statistics();
    FrameCounters frames = media.frames();
    RemoteReceptionStatistics remote = media.stream().remoteStatistics();
    String codecId = codec(media.media(), media.codec());
    String sourceId = source(transceiver, media);
    boolean video = media.media().kind() == MediaKind.VIDEO;
    StatsEntry.Builder entry =
        stream("outbound-rtp", outboundId(media), media.media(), codecId)
            .put("ssrc", media.stream().parameters().ssrc())
            .put("mid", media.media().mid())
            .put("rid", media.rid().isEmpty() ? null : media.rid())
            .put("encodingIndex", video ? transceiver.rids().indexOf(media.rid()) : null)
            .put("mediaSourceId", sourceId)
            .put("remoteId", remote.reports() == 0 ? null : remoteInboundId(media))
            .put("packetsSent", sent.packets())
            .put("bytesSent", sent.bytes())
            .put("headerBytesSent", sent.headerBytes())
            .put("retransmittedPacketsSent", sent.retransmittedPackets())
            .put("retransmittedBytesSent", sent.retransmittedBytes())
            .seconds("totalPacketSendDelay", sent.totalSendDelayNs())
            .put("nackCount", sent.nacks())
            .put("active", media.isActive());
    long rtxSsrc = media.stream().parameters().rtxSsrc();
    entry.put("rtxSsrc", rtxSsrc < 0 ? null : Long.valueOf(rtxSsrc));
    long target = media.targetBitsPerSecond();
    entry.put("targetBitrate", target < 0 ? null : Double.valueOf((double) target));
    if (video) {
      entry
          .put("framesSent", frames.sent)
          .put("hugeFramesSent", frames.huge)
          .put("framesEncoded", frames.offered)
          .put("keyFramesEncoded", frames.keyFrames)
          .put("framesPerSecond", frames.framesPerSecond())
          .put("firCount", sent.fullIntraRequests())
          .put("pliCount", sent.pictureLossIndications());
      size(entry, frames);
    }
    add(entry);
    if (remote.reports() > 0) {
      remoteInbound(media, remote, codecId);
    }
  }

  private void remoteInbound(
      SendingMedia media, RemoteReceptionStatistics remote, @Nullable String codecId) {
    StatsEntry.Builder entry =
        stream("remote-inbound-rtp", remoteInboundId(media), media.media(), codecId)
            .put("ssrc", media.stream().parameters().ssrc())
            .put("localId", outboundId(media))
            .put("packetsReceived", remote.packetsReceived())
            .put("packetsLost", remote.packetsLost())
            .put("fractionLost", remote.fractionLost())
            .put("jitter", remote.jitterSeconds())
            .seconds("totalRoundTripTime", remote.totalRoundTripNs())
            .put("roundTripTimeMeasurements", remote.roundTripMeasurements());
    if (remote.roundTripNs() >= 0) {
      entry.seconds("roundTripTime", remote.roundTripNs());
    }
    add(entry);
  }

  private String source(MediaTransceiver transceiver, SendingMedia media) {
    String id = "SRC" + transceiver.description().sources().get(0).ssrc();
    FrameCounters frames = media.frames();
    StatsEntry.Builder entry =
        new StatsEntry.Builder("media-source", id)
            .put("trackIdentifier", transceiver.description().trackId())
            .put("kind", media.media().kind().toString());
    if (media.media().kind() == MediaKind.VIDEO) {
      entry.put("frames", frames.offered).put("framesPerSecond", frames.framesPerSecond());
      if (frames.width > 0) {
        entry.put("width", frames.width).put("height", frames.height);
      }
    } else {
      entry.put("totalSamplesDuration", frames.durationUs / 1e6);
    }
    add(entry);
    return id;
  }

  private void receiving(ReceivingMedia media, Reception reception) {
    ReceiveStatistics received = reception.stream().statistics();
    ReceptionFigures figures = reception.figures();
    RemoteSendStatistics remote = reception.stream().remoteStatistics();
    Codec codec = figures.payloadType() < 0 ? null : media.codec(figures.payloadType());
    String codecId = codec(media.media(), codec);
    long rtxSsrc = reception.stream().rtxSsrc();
    StatsEntry.Builder entry =
        stream("inbound-rtp", inboundId(reception), media.media(), codecId)
            .put("ssrc", reception.stream().ssrc())
            .put("rtxSsrc", rtxSsrc < 0 ? null : Long.valueOf(rtxSsrc))
            .put("mid", media.media().mid())
            .put("trackIdentifier", media.trackId())
            .put("remoteId", remote.reports() == 0 ? null : remoteOutboundId(reception))
            .put("packetsReceived", received.packets())
            .put("bytesReceived", received.bytes())
            .put("headerBytesReceived", received.headerBytes())
            .put("retransmittedPacketsReceived", received.retransmittedPackets())
            .put("retransmittedBytesReceived", received.retransmittedBytes())
            .put("packetsLost", received.packetsLost())
            .put("jitter", received.jitterSeconds())
            .put("packetsDiscarded", received.discardedPackets() + figures.packetsDiscarded())
            .put("nackCount", received.nacks());
    if (received.packets() > 0) {
      entry.put("lastPacketReceivedTimestamp", epochMs(received.lastPacketNs()));
    }
    VideoBufferCounters video = figures.video();
    AudioBufferCounters audio = figures.audio();
    if (video != null) {
      video(entry, media.frames(reception), received, video);
    } else if (audio != null) {
      audio(entry, audio, codec == null ? 1 : AudioDuration.samplesPerTick(codec.mimeType()));
      if (codec != null) {
        long ticks = audio.jitterBufferEmittedCount() + audio.concealedSamples();
        entry.put("totalSamplesDuration", ticks / (double) codec.clockRate());
      }
    }
    add(entry);
    if (remote.reports() > 0) {
      remoteOutbound(media, reception, remote, codecId);
    }
  }

  private static void audio(
      StatsEntry.Builder entry, AudioBufferCounters buffer, int samplesPerTick) {
    long emitted = buffer.jitterBufferEmittedCount() * samplesPerTick;
    long concealed = buffer.concealedSamples() * samplesPerTick;
    entry
        .put("totalSamplesReceived", emitted + concealed)
        .put("concealedSamples", concealed)
        .put("concealmentEvents", buffer.concealmentEvents())
        .put(
            "insertedSamplesForDeceleration",
            buffer.insertedSamplesForDeceleration() * samplesPerTick)
        .put(
            "removedSamplesForAcceleration",
            buffer.removedSamplesForAcceleration() * samplesPerTick)
        .put("jitterBufferDelay", buffer.jitterBufferDelayNs() * samplesPerTick / 1e9)
        .put("jitterBufferTargetDelay", buffer.jitterBufferTargetDelayNs() * samplesPerTick / 1e9)
        .put("jitterBufferMinimumDelay", buffer.jitterBufferMinimumDelayNs() * samplesPerTick / 1e9)
        .put("jitterBufferEmittedCount", emitted);
  }

  private static void video(
      StatsEntry.Builder entry,
      FrameCounters frames,
      ReceiveStatistics received,
      VideoBufferCounters buffer) {
    entry
        .seconds("jitterBufferDelay", buffer.jitterBufferDelayNs())
        .seconds("jitterBufferTargetDelay", buffer.jitterBufferTargetDelayNs())
        .put("framesReceived", buffer.framesReceived())
        .put("framesDecoded", buffer.framesReleased())
        .put("keyFramesDecoded", buffer.keyFramesReleased())
        .put("framesDropped", buffer.framesDropped())
        .put("framesPerSecond", frames.framesPerSecond())
        .put("jitterBufferEmittedCount", buffer.framesReleased())
        .put("freezeCount", buffer.freezeCount())
        .seconds("totalFreezesDuration", buffer.totalFreezesDurationNs())
        .put("framesAssembledFromMultiplePackets", buffer.framesAssembledFromMultiplePackets())
        .seconds("totalAssemblyTime", buffer.totalAssemblyTimeNs())
        .put("firCount", received.fullIntraRequests())
        .put("pliCount", received.pictureLossIndications());
    size(entry, frames);
  }

  private static void size(StatsEntry.Builder entry, FrameCounters frames) {
    if (frames.width > 0) {
      entry.put("frameWidth", frames.width).put("frameHeight", frames.height);
    }
  }

  private void remoteOutbound(
      ReceivingMedia media,
      Reception reception,
      RemoteSendStatistics remote,
      @Nullable String codecId) {
    StatsEntry.Builder entry =
        stream("remote-outbound-rtp", remoteOutboundId(reception), media.media(), codecId)
            .put("ssrc", reception.stream().ssrc())
            .put("localId", inboundId(reception))
            .put("packetsSent", remote.packets())
            .put("bytesSent", remote.bytes())
            .put("reportsSent", remote.reports())
            .put("roundTripTimeMeasurements", remote.roundTripMeasurements())
            .seconds("totalRoundTripTime", remote.totalRoundTripNs())
            .put("remoteTimestamp", NtpClock.toEpochMs(remote.remoteNtpTime()));
    if (remote.roundTripNs() >= 0) {
      entry.seconds("roundTripTime", remote.roundTripNs());
    }
    add(entry);
  }

  private double epochMs(long atNs) {
    return NtpClock.toEpochMs(session.clock().at(atNs));
  }

  private static StatsEntry.Builder stream(
      String type, String id, NegotiatedMedia media, @Nullable String codecId) {
    return new StatsEntry.Builder(type, id)
        .put("kind", media.kind().toString())
        .put("transportId", "T" + media.transport())
        .put("codecId", codecId);
  }

  private @Nullable String codec(NegotiatedMedia media, @Nullable Codec codec) {
    if (codec == null) {
      return null;
    }
    String id = "C" + media.transport() + "_" + codec.payloadType() + "_" + codec.fmtp().hashCode();
    if (!entries.containsKey(id)) {
      boolean audio = media.kind() == MediaKind.AUDIO;
      add(
          new StatsEntry.Builder("codec", id)
              .put("payloadType", codec.payloadType())
              .put("transportId", "T" + media.transport())
              .put("mimeType", codec.mimeType())
              .put("clockRate", codec.clockRate())
              .put("channels", audio ? Integer.valueOf(codec.channels()) : null)
              .put("sdpFmtpLine", codec.fmtp().isEmpty() ? null : codec.fmtp()));
    }
    return id;
  }

  private void add(StatsEntry.Builder entry) {
    StatsEntry built = entry.at(timestampMs);
    entries.put(built.id(), built);
  }
}
