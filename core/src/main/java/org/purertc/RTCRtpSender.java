package org.purertc;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.media.MediaFrame;
import org.purertc.internal.media.MediaPacket;
import org.purertc.internal.media.MediaTransceiver;

/**
 * Sends the frames of one track. Any thread; reads are snapshots.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcrtpsender-interface">WebRTC 5.2, RTCRtpSender</a>
 */
public final class RTCRtpSender {
  /** Frames that wait for the event loop; a program that writes faster than real time loses. */
  private static final int MAX_WAITING_FRAMES = 500;

  private static final int MAX_WAITING_PACKETS = 4_096;

  private static final long MAX_WAITING_BYTES = 8 << 20;

  private final TransceiverCore transceiver;
  private final FrameSink sink = new Sink();
  private final AtomicInteger waitingFrames = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final @Nullable RTCDTMFSender dtmf;
  private volatile @Nullable MediaStreamTrack track;
  private volatile List<RTCRtpEncodingParameters> encodings;
  private volatile @Nullable String transactionId;
  private final Map<String, Long> targetBitrates = new ConcurrentHashMap<>(1);

  /** Rids; touched by the thread that writes only. */
  private final Set<String> needKeyFrame = new HashSet<>(1);

  /** Rids of forwarded packets; touched by the thread that writes only. */
  private final Set<String> interrupted = new HashSet<>(0);

  RTCRtpSender(TransceiverCore transceiver, List<RTCRtpEncodingParameters> encodings) {
    this.transceiver = transceiver;
    this.encodings = encodings;
    dtmf = transceiver.kind() == MediaKind.AUDIO ? new RTCDTMFSender(transceiver) : null;
  }

  /** What this implementation can send of one kind. */
  public static RTCRtpCapabilities getCapabilities(MediaKind kind) {
    return Capabilities.of(kind);
  }

  /** Null when nothing is sent. */
  public @Nullable MediaStreamTrack track() {
    return track;
  }

  /** What carries it; null before the first negotiation. */
  public @Nullable RTCDtlsTransport transport() {
    return transceiver.transport();
  }

  /** Tones; null for video. */
  public @Nullable RTCDTMFSender dtmf() {
    return dtmf;
  }

  /**
   * Sends another track instead, without a negotiation; null sends nothing.
   *
   * @return fails with {@code TypeError} for a track of the other kind, {@code InvalidStateError}
   *     when the transceiver is stopped or the connection closed
   */
  public CompletableFuture<Void> replaceTrack(@Nullable MediaStreamTrack replacement) {
    if (replacement != null && replacement.kind() != transceiver.kind()) {
      return CompletableFuture.failedFuture(
          new RTCException(
              "TypeError",
              "replaceTrack: a sender of " + transceiver.kind() + " takes no " + replacement));
    }
    return transceiver.replaceTrack(replacement);
  }

  /** Announces the track in these streams; the next negotiation tells the remote peer. */
  public void setStreams(MediaStream... streams) {
    transceiver.setStreams(List.of(streams));
  }

  /** How it sends now. */
  public RTCRtpSendParameters getParameters() {
    String id = UUID.randomUUID().toString();
    transactionId = id;
    return new RTCRtpSendParameters(id, encodings, transceiver.sendParameters());
  }

  /**
   * Changes how it sends, at once and without a negotiation.
   *
   * @param parameters as {@link #getParameters} gave them last, with other encodings
   * @throws RTCException {@code InvalidStateError} when they were not read just before, {@code
   *     InvalidModificationError} when something else than encodings was changed, or their number
   *     or rid, {@code RangeError} for a maxBitrate or scaleResolutionDownBy below 1
   */
  public void setParameters(RTCRtpSendParameters parameters) {
    String expected = transactionId;
    if (expected == null || transceiver.isStopped()) {
      throw new RTCException(
          "InvalidStateError",
          "setParameters: call getParameters() first, and change what it gave");
    }
    if (!expected.equals(parameters.transactionId())
        || !parameters.negotiated().equals(transceiver.sendParameters())) {
      throw new RTCException(
          "InvalidModificationError", "setParameters: only encodings can be changed");
    }
    SendEncodings.checkChange(encodings, parameters.encodings());
    transactionId = null;
    encodings = parameters.encodings();
    transceiver.encodingsChanged(encodings);
  }

  /** Statistics of what it sends, and of all that they refer to. */
  public CompletableFuture<RTCStatsReport> getStats() {
    return transceiver.getStats(true);
  }

  /** Whether any encoding is to be sent. */
  boolean isActive() {
    return encodings.stream().anyMatch(RTCRtpEncodingParameters::active);
  }

  /** The remote takes only these of simulcast. */
  void keepEncodings(List<String> rids) {
    encodings = SendEncodings.kept(encodings, rids);
  }

  boolean belongsTo(PeerMedia peer) {
    return transceiver.belongsTo(peer);
  }

  /**
   * Any thread: frames of the new track follow those of the old one. Whoever calls it lets {@link
   * #introduce} follow, outside of its locks: that one calls the user's handlers.
   */
  synchronized void attach(@Nullable MediaStreamTrack next) {
    MediaStreamTrack before = track;
    if (before == next) {
      return;
    }
    release();
    track = next;
    if (before != null && next != null) {
      transceiver.onLoop(MediaTransceiver::replaceTrack);
    }
    if (next != null) {
      next.attach(sink);
    }
  }

  /** Sends no more; W3C lets it show its track all the same. */
  synchronized void release() {
    MediaStreamTrack current = track;
    if (current != null) {
      current.detach(sink);
    }
  }

  /** Tells the source of a new track what this connection needs. */
  void introduce() {
    MediaStreamTrack current = track;
    if (current == null) {
      return;
    }
    if (current.kind() == MediaKind.VIDEO) {
      encodings.forEach(each -> current.origin().requestKeyFrame(each.key()));
    }
    RTCRtpCodec codec = transceiver.sendCodec();
    if (codec != null) {
      current.origin().codecNegotiated(codec);
    }
    targetBitrates.forEach((rid, target) -> current.origin().targetBitrate(sink, rid, target));
  }

  void keyFrameRequested(String rid) {
    MediaStreamTrack current = track;
    if (current != null) {
      current.origin().requestKeyFrame(rid);
    }
  }

  void targetBitrate(String rid, long bitsPerSecond) {
    targetBitrates.put(rid, bitsPerSecond);
    MediaStreamTrack current = track;
    if (current != null) {
      current.origin().targetBitrate(sink, rid, bitsPerSecond);
    }
  }

  void codecNegotiated(RTCRtpCodec codec) {
    MediaStreamTrack current = track;
    if (current != null) {
      current.origin().codecNegotiated(codec);
    }
  }

  /** One thread at a time: the track's. */
  private void take(String rid, EncodedFrame frame) {
    if (!hasEncoding(rid)) {
      return;
    }
    boolean needsKeyFrame = needKeyFrame.contains(rid);
    boolean full =
        waitingFrames.get() >= MAX_WAITING_FRAMES || waitingBytes.get() >= MAX_WAITING_BYTES;
    if (full || (needsKeyFrame && !frame.keyFrame())) {
      if (!needsKeyFrame && frame.kind() == MediaKind.VIDEO) {
        needKeyFrame.add(rid);
        keyFrameRequested(rid);
      }
      return;
    }
    needKeyFrame.remove(rid);
    MediaFrame outgoing =
        new MediaFrame(
            frame.mimeType(),
            frame.data(),
            frame.timestampUs(),
            frame.durationUs(),
            frame.keyFrame(),
            Metadata.extensions(frame.metadata()));
    handOver(frame.data().length, port -> port.send(rid, outgoing));
  }

  /** Other encodings belong to another sender's simulcast. */
  private boolean hasEncoding(String rid) {
    return encodings.stream().anyMatch(each -> each.key().equals(rid));
  }

  /** One thread at a time: the track's. */
  private void take(String rid, RTCRtpPacket packet) {
    if (!hasEncoding(rid)) {
      return;
    }
    boolean full =
        waitingFrames.get() >= MAX_WAITING_PACKETS || waitingBytes.get() >= MAX_WAITING_BYTES;
    if (full) {
      interrupt(rid);
      return;
    }
    interrupted.remove(rid);
    MediaPacket outgoing = Capabilities.packet(packet);
    handOver(packet.payload().length, port -> port.send(rid, outgoing));
  }

  /** Its bytes wait until the loop has taken them. */
  private void handOver(int bytes, OnLoop request) {
    waitingFrames.incrementAndGet();
    waitingBytes.addAndGet(bytes);
    transceiver.onLoop(
        port -> {
          waitingFrames.decrementAndGet();
          waitingBytes.addAndGet(-bytes);
          request.run(port);
        });
  }

  private void interrupt(String rid) {
    if (interrupted.add(rid)) {
      transceiver.onLoop(port -> port.interrupt(rid));
    }
  }

  /** Takes what the track gives. */
  private final class Sink implements FrameSink {

    @Override
    public void onFrame(String rid, EncodedFrame frame) {
      take(rid, frame);
    }

    @Override
    public void onPacket(String rid, RTCRtpPacket packet) {
      take(rid, packet);
    }

    @Override
    public void onInterruption(String rid) {
      interrupt(rid);
    }
  }

  @Override
  public String toString() {
    return "sender of " + track;
  }

  /** What the loop does for this sender. */
  @FunctionalInterface
  interface OnLoop {
    void run(MediaTransceiver port);
  }
}
