package org.purertc.internal.media;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.HeaderExtension;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.jsep.MediaSource;
import org.purertc.internal.jsep.NegotiatedMedia;
import org.purertc.internal.rtp.ExtensionIds;
import org.purertc.internal.rtp.ExtensionType;
import org.purertc.internal.rtp.FrameHeader;
import org.purertc.internal.rtp.NtpClock;
import org.purertc.internal.rtp.OutgoingPacket;
import org.purertc.internal.rtp.PacketKind;
import org.purertc.internal.rtp.SendParameters;
import org.purertc.internal.rtp.SendStream;
import org.purertc.internal.rtp.format.Packetizer;
import org.purertc.internal.rtp.format.PayloadFormats;
import org.purertc.internal.rtp.format.VideoFrameInfo;
import org.purertc.internal.util.MalformedPacketException;

/** One encoding that a transceiver sends: frames become packets, which go to the pacer. */
final class SendingMedia {
  private final MediaSource source;
  private final String rid;
  private final TransceiverListener listener;
  private final MediaPath path;
  private final Consumer<OutgoingPacket> pacer;
  private final RandomGenerator random;
  private final SendStream stream;
  private final FrameCounters frames = new FrameCounters();
  private final SentExtensions extensions;
  private final ForwardedPackets forwarding;
  private final KeyFrameNeed keyFrameNeed;
  private NegotiatedMedia media;
  private @Nullable Tones tones;
  private @Nullable Codec codec;
  private @Nullable Packetizer packetizer;
  private EncodingLimit limit = EncodingLimit.NONE;
  private long targetBitsPerSecond = -1;
  private long lastTimestampUs;
  private long lastFrameNs = Long.MIN_VALUE;

  /**
   * What an encoding is made of.
   *
   * @param rid empty when it is the only one
   */
  record Parts(
      MediaSource source,
      String rid,
      TransceiverListener listener,
      MediaPath path,
      NtpClock clock,
      RandomGenerator random) {}

  SendingMedia(Parts parts, NegotiatedMedia media) {
    source = parts.source();
    rid = parts.rid();
    listener = parts.listener();
    path = parts.path();
    pacer = path::enqueue;
    random = parts.random();
    this.media = media;
    stream = new SendStream(parameters(), parts.clock(), random);
    extensions = new SentExtensions(parts.clock());
    forwarding = new ForwardedPackets(stream, media.kind(), extensions, pacer);
    keyFrameNeed = new KeyFrameNeed(media.kind(), rid, listener);
    reportCodec();
  }

  /** A new negotiation. */
  void update(NegotiatedMedia changed, long nowNs) {
    media = changed;
    Codec before = codec;
    Codec now = before == null ? null : codecOf(before.mimeType());
    // Its payload type and its parameters may be others. What numbers the pictures goes on, as they
    // build on each other across a negotiation.
    if (before == null
        || now == null
        || !PayloadFormats.packetizesAlike(now.mimeType(), now.fmtp(), before.fmtp())) {
      packetizer = null;
      now = null;
    }
    codec = now;
    stream.update(parameters());
    renewTones(nowNs);
    reportCodec();
  }

  private void reportCodec() {
    for (Codec each : media.sendCodecs()) {
      if (PayloadFormats.packetizer(each.mimeType(), each.fmtp(), random) != null) {
        listener.onSendCodec(each);
        return;
      }
    }
  }

  private SendParameters parameters() {
    Map<Integer, Integer> rtx = new HashMap<>();
    boolean retransmits = false;
    for (Codec each : media.sendCodecs()) {
      if (each.isRtx()) {
        rtx.put(each.repairedType(), each.payloadType());
      }
      retransmits |= each.feedback().contains("nack");
    }
    boolean audio = media.kind() == MediaKind.AUDIO;
    Codec used = codec == null && !media.sendCodecs().isEmpty() ? media.sendCodecs().get(0) : codec;
    int clockRate = used == null ? 90_000 : used.clockRate();
    return new SendParameters(
        source.ssrc(),
        rtx.isEmpty() ? -1 : source.rtxSsrc(),
        audio ? PacketKind.AUDIO : PacketKind.VIDEO,
        clockRate,
        rtx,
        retransmits,
        extensionIds(media.sendExtensions()),
        media.mid(),
        // RFC 8853 section 5.3.2: without simulcast in the answer there is one stream, without rid.
        media.sendRids().contains(rid) ? rid : "");
  }

  static ExtensionIds extensionIds(List<HeaderExtension> extensions) {
    Map<String, Integer> ids = new HashMap<>();
    extensions.forEach(each -> ids.put(each.uri(), each.id()));
    return new ExtensionIds(ids);
  }

  /** Empty when it is the only one. */
  String rid() {
    return rid;
  }

  /** Whether both are encodings of the same track. */
  boolean hasTrackOf(SendingMedia other) {
    return listener == other.listener;
  }

  NegotiatedMedia media() {
    return media;
  }

  MediaPath path() {
    return path;
  }

  SendStream stream() {
    return stream;
  }

  FrameCounters frames() {
    return frames;
  }

  /** The one that the newest frame went out in; null before. */
  @Nullable Codec codec() {
    return codec;
  }

  void limit(EncodingLimit changed) {
    if (changed.active() && !limit.active()) {
      keyFrameNeed.begin();
    }
    limit = changed;
    path.limitsChanged();
  }

  /** Whether the remote tells of each packet when it came. */
  boolean hasTransportFeedback() {
    if (!stream.parameters().extensions().has(ExtensionType.TRANSPORT_SEQUENCE)) {
      return false;
    }
    for (Codec each : media.sendCodecs()) {
      if (each.feedback().contains("transport-cc")) {
        return true;
      }
    }
    return false;
  }

  boolean isActive() {
    return limit.active() && media.direction().sends();
  }

  /** What its encoder should reach; -1 while that is not known. */
  long targetBitsPerSecond() {
    return targetBitsPerSecond;
  }

  /** The path carries so much of it; 0 when another encoding has to do. */
  void target(long bitsPerSecond) {
    if (bitsPerSecond != targetBitsPerSecond) {
      boolean goesOn = targetBitsPerSecond == 0;
      targetBitsPerSecond = bitsPerSecond;
      listener.onTargetBitrate(rid, bitsPerSecond);
      if (goesOn) {
        restart();
      }
    }
  }

  /** What the user and the remote's description allow. */
  long maxBitsPerSecond() {
    long remote = media.maxSendBitsPerSecond();
    return remote < 0 ? limit.maxBitsPerSecond() : Math.min(remote, limit.maxBitsPerSecond());
  }

  /** How many times narrower and lower than the track its picture is. */
  double scaledDownBy() {
    return limit.scaledDownBy();
  }

  /** The remote cannot go on without one. */
  void keyFrameRequested(long nowNs) {
    keyFrameNeed.onRequest(nowNs);
  }

  /** The path carries packets from now on: what was sent before is lost. */
  void restart() {
    keyFrameNeed.begin();
    keyFrameNeed.ask();
  }

  /** The remote may be one that has seen nothing yet. */
  void requestKeyFrame() {
    keyFrameNeed.ask();
  }

  /** Frames of another track follow. */
  void replaceTrack() {
    keyFrameNeed.onGap();
  }

  /** Sends a frame, or passes it over when the remote could make nothing of it. */
  void send(MediaFrame frame, long nowNs) {
    frames.offered(frame);
    boolean decodable = !keyFrameNeed.exists() || frame.keyFrame();
    Packetizer format =
        path.isReady() && isActive() && targetBitsPerSecond != 0
            ? packetizerOf(frame.mimeType(), nowNs)
            : null;
    Codec used = codec;
    if (format == null || used == null || !decodable) {
      drop();
      if (format != null && !decodable) {
        keyFrameNeed.askAgain(nowNs);
      }
      return;
    }
    if (tones != null && tones.isSounding()) {
      return; // RFC 4733 section 2.5.1.2: the event stands for the sound
    }
    keyFrameNeed.end();
    lastTimestampUs = frame.timestampUs();
    lastFrameNs = nowNs;
    long ticks = ticks(frame.timestampUs(), used.clockRate());
    FrameHeader header =
        new FrameHeader(
            used.payloadType(),
            ticks,
            extensions.captureNs(frame.said(), nowNs),
            extensions.of(frame.said(), nowNs));
    try {
      stream.packetize(header, frame.data(), format, pacer, nowNs);
      frames.sent(frame, info(frame));
    } catch (IllegalArgumentException e) {
      drop(); // its bytes are no frame of this format
    }
  }

  /** Sends a packet of another stream, or passes it over when the remote can make nothing of it. */
  void send(MediaPacket packet, long nowNs) {
    boolean isTone = tones != null && tones.isSounding();
    Codec known = path.isReady() && isActive() && !isTone ? codecFor(packet, nowNs) : null;
    if (known == null) {
      interrupt();
      frames.dropped++;
      return;
    }
    if (forwarding.isLate(packet)) {
      return;
    }
    if (forwarding.needsKeyFrame(packet) || keyFrameNeed.exists() && !packet.keyFrame()) {
      forwarding.hold(packet);
      keyFrameNeed.askAgain(nowNs);
      return;
    }
    keyFrameNeed.end();
    if (forwarding.send(packet, known, nowNs)) {
      frames.forwarded(packet);
    }
  }

  /** Null when it was not negotiated. */
  private @Nullable Codec codecFor(MediaPacket packet, long nowNs) {
    Codec known = ForwardedPackets.codecFor(packet.codec(), media.sendCodecs());
    boolean carriesTones = packet.codec().mimeType().equalsIgnoreCase("audio/telephone-event");
    if (known != null && !carriesTones && !known.equals(codec)) {
      codec = known;
      packetizer = PayloadFormats.packetizer(known.mimeType(), known.fmtp(), random);
      stream.update(parameters()); // its clock
      renewTones(nowNs);
    }
    return known;
  }

  /** What is sent next begins anew: packets between were passed over. */
  void interrupt() {
    forwarding.interrupt();
    keyFrameNeed.onGap();
  }

  private void drop() {
    frames.dropped++;
    keyFrameNeed.onGap(); // the next ones build on it
  }

  static long ticks(long timestampUs, int clockRate) {
    long seconds = Math.floorDiv(timestampUs, 1_000_000L);
    long rest = Math.floorMod(timestampUs, 1_000_000L);
    return seconds * clockRate + (rest * clockRate + 500_000L) / 1_000_000L;
  }

  private @Nullable Packetizer packetizerOf(String mimeType, long nowNs) {
    Codec used = codec;
    if (used == null || !used.mimeType().equalsIgnoreCase(mimeType)) {
      Codec chosen = codecOf(mimeType);
      codec = chosen;
      packetizer =
          chosen == null ? null : PayloadFormats.packetizer(mimeType, chosen.fmtp(), random);
      stream.update(parameters()); // its clock
      renewTones(nowNs);
    }
    return packetizer;
  }

  private @Nullable Codec codecOf(String mimeType) {
    Codec chosen = null;
    for (Codec each : media.sendCodecs()) {
      boolean better = chosen == null || !fragments(chosen) && fragments(each);
      if (each.mimeType().equalsIgnoreCase(mimeType) && better) {
        chosen = each;
      }
    }
    return chosen;
  }

  /** RFC 6184 section 6.2: in packetization mode 0, H.264 has no unit larger than a packet. */
  private static boolean fragments(Codec codec) {
    return !codec.mimeType().equalsIgnoreCase("video/H264")
        || codec.fmtp().contains("packetization-mode=1");
  }

  private @Nullable VideoFrameInfo info(MediaFrame frame) {
    if (!frame.keyFrame() || media.kind() == MediaKind.AUDIO) {
      return null;
    }
    try {
      return PayloadFormats.frameInfo(frame.mimeType(), frame.data());
    } catch (MalformedPacketException e) {
      return null; // statistics only
    }
  }

  private void renewTones(long nowNs) {
    Tones playing = tones;
    tones = playing == null ? null : playing.renewed(media, nowNs);
  }

  void insertTones(String wanted, long durationNs, long gapNs, long nowNs) {
    Tones playing = tones;
    if (playing == null) {
      playing = Tones.of(media, stream, pacer, listener);
      tones = playing;
    }
    if (playing != null) {
      playing.insert(wanted, durationNs, gapNs, nowNs);
    }
  }

  long nextDeadlineNs() {
    return tones == null ? Long.MAX_VALUE : tones.nextDeadlineNs();
  }

  void onDeadline(long nowNs) {
    Tones playing = tones;
    if (playing != null && playing.nextDeadlineNs() <= nowNs) {
      long elapsedUs = lastFrameNs == Long.MIN_VALUE ? 0 : (nowNs - lastFrameNs) / 1_000;
      playing.onDeadline(lastTimestampUs + elapsedUs, nowNs);
    }
  }
}
