package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.jsep.MediaSource;
import org.purertc.internal.jsep.NegotiatedMedia;
import org.purertc.internal.rtp.MediaSection;
import org.purertc.internal.rtp.ReceiveParameters;
import org.purertc.internal.rtp.ReceiveStream;
import org.purertc.internal.rtp.format.VideoFrameInfo;
import org.purertc.internal.util.Timer;

/**
 * The receiving half of a transceiver: the streams that the remote sends, of which one at a time is
 * the track. A new SSRC takes the place of the one before; of simulcast layers the first is taken.
 */
final class ReceivingMedia {
  /** A stream that sends goes before one that is quiet for longer, though that began later. */
  private static final long SILENT_NS = 2_000_000_000L;

  private final TransceiverListener listener;
  private final FrameCounters frames = new FrameCounters();
  private final TrackClock clock = new TrackClock();
  private final List<Reception> receptions = new ArrayList<>(1);
  private final Map<Integer, Codec> codecs = new HashMap<>();
  private NegotiatedMedia media;
  private @Nullable Reception current;
  private Smoothing smoothing = Smoothing.DEFAULT;
  private boolean receiving;

  ReceivingMedia(TransceiverListener listener, NegotiatedMedia media) {
    this.listener = listener;
    this.media = media;
    readCodecs();
  }

  /** A new negotiation. */
  void update(NegotiatedMedia changed) {
    media = changed;
    readCodecs();
    for (Reception reception : receptions) {
      if (reception instanceof VideoReception video) {
        video.renegotiated();
      }
    }
  }

  private void readCodecs() {
    codecs.clear();
    media.receiveCodecs().forEach(codec -> codecs.put(codec.payloadType(), codec));
  }

  /** Of the track that the user sees. */
  String trackId() {
    return listener.trackId();
  }

  NegotiatedMedia media() {
    return media;
  }

  FrameCounters frames() {
    return frames;
  }

  List<Reception> receptions() {
    return receptions;
  }

  /** Null for one that was not negotiated. */
  @Nullable Codec codec(int payloadType) {
    return codecs.get(payloadType);
  }

  /** The remote's parameters for a payload type, such as H.264's parameter sets; ours without. */
  String remoteFmtp(int payloadType) {
    for (Codec remote : media.sendCodecs()) {
      if (remote.payloadType() == payloadType) {
        return remote.fmtp();
      }
    }
    Codec own = codecs.get(payloadType);
    return own == null ? "" : own.fmtp();
  }

  /** What the router must know of it. */
  MediaSection section() {
    Map<Integer, Integer> clockRates = new HashMap<>();
    Map<Integer, Integer> rtx = new HashMap<>();
    boolean nacks = false;
    boolean pictureLoss = false;
    boolean fullIntra = false;
    for (Codec codec : media.receiveCodecs()) {
      if (codec.isRtx()) {
        rtx.put(codec.payloadType(), SendingMedia.apt(codec));
      } else {
        clockRates.put(codec.payloadType(), codec.clockRate());
        nacks |= codec.feedback().contains("nack");
        pictureLoss |= codec.feedback().contains("nack pli");
        fullIntra |= codec.feedback().contains("ccm fir");
      }
    }
    Map<Long, Long> signalled = new HashMap<>();
    for (MediaSource source : media.remoteSources()) {
      signalled.put(source.ssrc(), source.rtxSsrc());
    }
    return new MediaSection(
        media.mid(),
        new ReceiveParameters(clockRates, rtx, nacks, pictureLoss, fullIntra),
        signalled);
  }

  ReceiveStream open(long ssrc, String rid, long nowNs) {
    Reception reception =
        media.kind() == MediaKind.AUDIO
            ? new AudioReception(rid, this)
            : new VideoReception(rid, this);
    ReceiveStream stream = new ReceiveStream(ssrc, section().parameters(), reception);
    reception.attach(stream);
    reception.smooth(smoothing, nowNs);
    receptions.add(reception);
    choose();
    return stream;
  }

  /** Whether the stream was one of these. */
  boolean close(ReceiveStream stream) {
    boolean ours = receptions.removeIf(reception -> reception.stream() == stream);
    if (ours) {
      choose();
      if (receptions.isEmpty()) {
        receiving(false);
      }
    }
    return ours;
  }

  private void choose() {
    Reception best = null;
    for (Reception each : receptions) {
      best = best == null || rank(each) <= rank(best) ? each : best;
    }
    take(best);
  }

  private void take(@Nullable Reception next) {
    Reception before = current;
    if (next != before) {
      if (before != null) {
        before.onReplaced();
      }
      current = next;
      clock.rebase();
    }
  }

  /** Of those that rank the same the newest is taken. */
  private int rank(Reception reception) {
    if (reception.rid().isEmpty()) {
      return 0;
    }
    int index = media.receiveRids().indexOf(reception.rid());
    return index < 0 ? Integer.MAX_VALUE : index;
  }

  /** Whether it is the track, now that a packet of it came; what comes for others is of no use. */
  boolean takes(Reception reception, long nowNs) {
    Reception taken = current;
    if (taken != null
        && taken != reception
        && rank(taken) == rank(reception)
        && nowNs - taken.lastArrivalNs() > SILENT_NS) {
      take(reception);
    }
    return reception == current;
  }

  /** The stream that is the track; null without one. */
  @Nullable Reception current() {
    return current;
  }

  /** The timestamps of a stream have begun anew. */
  void rebase(Reception reception) {
    if (reception == current) {
      clock.rebase();
    }
  }

  long timestampUs(Reception reception, long timestamp, int clockRate, long nowNs) {
    return reception == current ? clock.us(timestamp, clockRate, nowNs) : 0;
  }

  void deliver(Reception reception, MediaFrame frame, @Nullable VideoFrameInfo info) {
    if (reception == current) {
      receiving(true);
      frames.offered(frame);
      frames.sent(frame, info);
      listener.onFrame(frame);
    }
  }

  /** Audio was lost. */
  void deliverGap(
      Reception reception, long timestampUs, long durationUs, @Nullable MediaFrame next) {
    if (reception == current) {
      listener.onGap(timestampUs, durationUs, next);
    }
  }

  void deliverTone(String tone) {
    listener.onReceivedTone(tone);
  }

  private void receiving(boolean now) {
    if (receiving != now) {
      receiving = now;
      listener.onReceiving(now);
    }
  }

  void requestKeyFrame() {
    Reception chosen = current;
    if (chosen != null) {
      chosen.stream().requestKeyFrame();
    }
  }

  Smoothing smoothing() {
    return smoothing;
  }

  void smooth(Smoothing changed, long nowNs) {
    smoothing = changed;
    receptions.forEach(reception -> reception.smooth(changed, nowNs));
  }

  /** Lip sync: frames wait so much longer. */
  void hold(long extraNs, long nowNs) {
    if (smoothing.extraNs() != extraNs) {
      smooth(smoothing.withExtra(extraNs), nowNs);
    }
  }

  long nextDeadlineNs() {
    long next = Timer.NEVER;
    for (int i = 0; i < receptions.size(); i++) {
      next = Math.min(next, receptions.get(i).nextDeadlineNs());
    }
    return next;
  }

  void onDeadline(long nowNs) {
    for (int i = 0; i < receptions.size(); i++) {
      receptions.get(i).onDeadline(nowNs);
    }
  }

  /** The transceiver receives no more. */
  void end() {
    receptions.clear();
    current = null;
    receiving(false);
  }
}
