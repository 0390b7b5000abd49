package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.jsep.MediaSource;
import org.purertc.internal.jsep.NegotiatedMedia;
import org.purertc.internal.rtp.ExtensionIds;
import org.purertc.internal.rtp.MediaSection;
import org.purertc.internal.rtp.NtpClock;
import org.purertc.internal.rtp.ReceiveParameters;
import org.purertc.internal.rtp.ReceiveStream;
import org.purertc.internal.rtp.format.VideoFrameInfo;
import org.purertc.internal.util.Timer;

/**
 * The receiving half of a transceiver: the streams that the remote sends. Of simulcast layers the
 * first that comes in the remote's order is the track; others are given out when asked for.
 */
final class ReceivingMedia {
  /** As many as a hostile remote can have kept without streams. */
  private static final int MAX_LAYERS = 16;

  private final TransceiverListener listener;
  private final List<Reception> receptions = new ArrayList<>(1);
  private final List<ReceivedLayer> layers = new ArrayList<>(1);
  private final Set<String> wanted = new HashSet<>(0);
  private final Map<Integer, Codec> codecs = new HashMap<>();
  private NegotiatedMedia media;
  private @Nullable ReceivedLayer track;
  private long firstFrameNs = Long.MIN_VALUE;
  private Smoothing smoothing = Smoothing.DEFAULT;
  private boolean receiving;
  private boolean wantsPackets;
  private ExtensionIds extensions = ExtensionIds.NONE;
  private final NtpClock wallClock;

  ReceivingMedia(TransceiverListener listener, NegotiatedMedia media, NtpClock wallClock) {
    this.listener = listener;
    this.wallClock = wallClock;
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
    extensions = SendingMedia.extensionIds(media.receiveExtensions());
    codecs.clear();
    media.receiveCodecs().forEach(codec -> codecs.put(codec.payloadType(), codec));
  }

  /** Those of its packets. */
  ExtensionIds extensions() {
    return extensions;
  }

  NtpClock wallClock() {
    return wallClock;
  }

  /** Whether {@link #deliver(MediaPacket)} is to be called for all packets, of any stream. */
  boolean wantsPackets() {
    return wantsPackets;
  }

  void packets(boolean wanted) {
    wantsPackets = wanted;
  }

  void deliver(MediaPacket packet) {
    receiving(true);
    listener.onPacket(packet);
  }

  /** Of the track that the user sees. */
  String trackId() {
    return listener.trackId();
  }

  NegotiatedMedia media() {
    return media;
  }

  FrameCounters frames(Reception reception) {
    return layer(reception).frames();
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

  /** Whether the remote takes it for any of its codecs: {@code a=rtcp-fb}. */
  boolean hasFeedback(String feedback) {
    return media.receiveCodecs().stream().anyMatch(codec -> codec.feedback().contains(feedback));
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
        rtx.put(codec.payloadType(), codec.repairedType());
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
    layer(reception).add(reception);
    choose();
    return stream;
  }

  /** Whether the stream was one of these. */
  boolean close(ReceiveStream stream) {
    for (Reception reception : receptions) {
      if (reception.stream() == stream) {
        receptions.remove(reception);
        layer(reception).remove(reception);
        choose();
        if (receptions.isEmpty()) {
          receiving(false);
        }
        return true;
      }
    }
    return false;
  }

  /** Made with its first stream, so there are no more than streams. */
  private ReceivedLayer layer(Reception reception) {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).rid().equals(reception.rid())) {
        return layers.get(i);
      }
    }
    layers.removeIf(each -> each.current() == null && each != track && layers.size() >= MAX_LAYERS);
    ReceivedLayer made = new ReceivedLayer(reception.rid(), new TrackClock());
    layers.add(made);
    return made;
  }

  private void choose() {
    ReceivedLayer best = null;
    for (ReceivedLayer each : layers) {
      if (each.current() != null) {
        best = best == null || rank(each) <= rank(best) ? each : best;
      }
    }
    ReceivedLayer before = track;
    track = best;
    if (before != null && before != best && !wanted.contains(before.rid())) {
      before.pause();
    }
  }

  /** Of those that rank the same the newest is taken. */
  private int rank(ReceivedLayer layer) {
    if (layer.rid().isEmpty()) {
      return 0;
    }
    int index = media.receiveRids().indexOf(layer.rid());
    return index < 0 ? Integer.MAX_VALUE : index;
  }

  /** The frames of this layer are given out, too. */
  void addLayer(String rid) {
    if (wanted.add(rid)) {
      requestKeyFrame(rid);
    }
  }

  /**
   * Whether somebody takes its frames, now that a packet of it came; what comes for others is of no
   * use.
   */
  boolean takes(Reception reception, long nowNs) {
    ReceivedLayer layer = layer(reception);
    layer.onArrival(reception, nowNs);
    return reception == layer.current() && (layer == track || wanted.contains(layer.rid()));
  }

  /** The stream that is the track; null without one. */
  @Nullable Reception current() {
    return track == null ? null : track.current();
  }

  /** The timestamps of a stream have begun anew. */
  void rebase(Reception reception) {
    ReceivedLayer layer = layer(reception);
    if (reception == layer.current()) {
      layer.clock().rebase();
    }
  }

  long timestampUs(Reception reception, long timestamp, int clockRate, long nowNs) {
    ReceivedLayer layer = layer(reception);
    if (reception != layer.current()) {
      return 0;
    }
    firstFrameNs = firstFrameNs == Long.MIN_VALUE ? nowNs : firstFrameNs;
    return layer.clock().us(timestamp, clockRate, firstFrameNs, nowNs);
  }

  void deliver(Reception reception, MediaFrame frame, @Nullable VideoFrameInfo info) {
    ReceivedLayer layer = layer(reception);
    if (reception != layer.current()) {
      return;
    }
    layer.count(frame, info);
    if (wanted.contains(layer.rid())) {
      listener.onLayerFrame(layer.rid(), frame);
    }
    if (layer == track) {
      receiving(true);
      listener.onFrame(frame);
    }
  }

  /** Audio was lost. */
  void deliverGap(
      Reception reception, long timestampUs, long durationUs, @Nullable MediaFrame next) {
    if (reception == current()) {
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

  /**
   * @param rid empty for that of the track
   */
  void requestKeyFrame(String rid) {
    if (rid.isEmpty() && track != null) {
      track.requestKeyFrame();
      return;
    }
    for (ReceivedLayer layer : layers) {
      if (layer.rid().equals(rid)) {
        layer.requestKeyFrame();
      }
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
    layers.clear();
    track = null;
    receiving(false);
  }
}
