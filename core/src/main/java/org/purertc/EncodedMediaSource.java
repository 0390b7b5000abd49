package org.purertc;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.purertc.MediaStreamTrack.TrackIdentity;

/**
 * Where a program puts the encoded frames of a track: {@code addTrack(source.track())}, then {@link
 * #write} each frame when it is to be played.
 *
 * <p>The program encodes; the peer connection says for whom: in which codec ({@link #onCodec}), how
 * much the path carries ({@link #onTargetBitrate}), and when a receiver cannot go on without a key
 * frame ({@link #onKeyFrameRequest}). Handlers run on the thread of the peer connection that asks;
 * they must not block.
 *
 * <p>Of simulcast, each encoding has a source of its own ({@link #encoding}), for the same track.
 *
 * <p>W3C's nearest relative is VideoTrackGenerator, which takes frames before they are encoded.
 */
public final class EncodedMediaSource implements AutoCloseable {
  private final MediaStreamTrack track;
  private final String rid;
  private final Map<String, EncodedMediaSource> encodings;
  private final Map<FrameSink, Long> targets = new ConcurrentHashMap<>();
  private volatile @Nullable Runnable keyFrameRequest;
  private volatile @Nullable LongConsumer targetBitrate;
  private volatile @Nullable Consumer<RTCRtpCodec> codec;
  private volatile @Nullable RTCRtpCodec newestCodec;

  private EncodedMediaSource(MediaKind kind) {
    TrackIdentity identity = new TrackIdentity(kind, UUID.randomUUID().toString(), "");
    track = new MediaStreamTrack(identity, false, new Origin(), new Callbacks(Runnable::run));
    rid = "";
    encodings = new ConcurrentHashMap<>(1);
  }

  private EncodedMediaSource(EncodedMediaSource whole, String rid) {
    track = whole.track;
    encodings = whole.encodings;
    newestCodec = whole.newestCodec;
    this.rid = rid;
  }

  /** A source of audio. */
  public static EncodedMediaSource audio() {
    return new EncodedMediaSource(MediaKind.AUDIO);
  }

  /** A source of video. */
  public static EncodedMediaSource video() {
    return new EncodedMediaSource(MediaKind.VIDEO);
  }

  /** What to add to peer connections. */
  public MediaStreamTrack track() {
    return track;
  }

  /**
   * Where the frames of one encoding of simulcast go: to the senders of the track that have an
   * encoding with this rid ({@link RTCRtpTransceiverInit#sendEncodings}). Codec, target bitrate and
   * key-frame requests are told there for this encoding; a target of 0 means that the path does not
   * carry it beside smaller ones, and its frames are passed over. Frames that are written to the
   * source itself go to senders without simulcast.
   *
   * <p>When the remote peer takes no simulcast, only the first encoding is sent.
   *
   * @return the same for the same rid
   */
  public EncodedMediaSource encoding(String rid) {
    return encodings.computeIfAbsent(rid, unused -> new EncodedMediaSource(this, rid));
  }

  /**
   * Sends a frame to everyone who has the track; returns at once. A sender that has not negotiated
   * the frame's codec, or that is not connected yet, passes it over.
   *
   * <p>Calls must not overlap, also those for encodings of the same track.
   *
   * @throws RTCException {@code InvalidStateError} when the track has ended
   * @throws IllegalArgumentException when the frame is of the other kind
   */
  public void write(EncodedFrame frame) {
    if (frame.kind() != track.kind()) {
      throw new IllegalArgumentException(
          "A source of " + track.kind() + " takes no frame of " + frame.mimeType());
    }
    if (track.readyState() == MediaStreamTrackState.ENDED) {
      throw new RTCException("InvalidStateError", "write: the track has ended");
    }
    track.deliver(rid, frame);
  }

  /**
   * Sends a packet of a remote track ({@link RTCRtpReceiver#onPacket}) to everyone who has this
   * track; returns at once. It gets the SSRC, payload type and numbers of this track's streams, so
   * packets of one receiver may follow those of another without a seam: video changes with the
   * first packet that is a {@linkplain RTCRtpPacket#keyFrame key frame}'s, asks for one ({@link
   * #onKeyFrameRequest}), and passes the others over meanwhile. Receivers ask for packets that are
   * missing between those of one stream, so all of them should be written. Lost packets are sent
   * again from here.
   *
   * <p>A track takes packets or frames, not both. A sender that has not negotiated the codec, or
   * that is not connected yet, passes the packet over, and so does every sender with a payload of
   * more than 1,380 bytes.
   *
   * <p>Calls must not overlap.
   *
   * @throws RTCException {@code InvalidStateError} when the track has ended
   * @throws IllegalArgumentException when the packet is of the other kind
   */
  public void write(RTCRtpPacket packet) {
    if (MediaKinds.of(packet.codec().mimeType()) != track.kind()) {
      throw new IllegalArgumentException(
          "A source of " + track.kind() + " takes no packet of " + packet.codec().mimeType());
    }
    if (track.readyState() == MediaStreamTrackState.ENDED) {
      throw new RTCException("InvalidStateError", "write: the track has ended");
    }
    track.deliver(rid, packet);
  }

  /** Sets the handler called when a receiver needs a key frame; make the next frame one. */
  public void onKeyFrameRequest(@Nullable Runnable handler) {
    keyFrameRequest = handler;
  }

  /**
   * Sets the handler of the bitrate that the encoder should reach, in bits per second, headers not
   * counted: what the slowest of the track's senders allows; called at once if it is known.
   */
  public void onTargetBitrate(@Nullable LongConsumer handler) {
    targetBitrate = handler;
    reportTarget();
  }

  /** Sets the handler of the codec that a sender negotiated; called at once if there is one. */
  public void onCodec(@Nullable Consumer<RTCRtpCodec> handler) {
    codec = handler;
    RTCRtpCodec known = newestCodec;
    if (handler != null && known != null) {
      handler.accept(known);
    }
  }

  private void reportTarget() {
    LongConsumer handler = targetBitrate;
    if (handler != null) {
      targets.values().stream().min(Long::compare).ifPresent(handler::accept);
    }
  }

  /** Ends the track. */
  @Override
  public void close() {
    track.end();
  }

  private void keyFrameRequested() {
    Runnable handler = keyFrameRequest;
    if (handler != null) {
      handler.run();
    }
  }

  private void target(FrameSink sender, long bitsPerSecond) {
    targets.put(sender, bitsPerSecond);
    reportTarget();
  }

  private void gone(FrameSink sender) {
    if (targets.remove(sender) != null) {
      reportTarget();
    }
  }

  private void negotiated(RTCRtpCodec negotiated) {
    newestCodec = negotiated;
    Consumer<RTCRtpCodec> handler = codec;
    if (handler != null) {
      handler.accept(negotiated);
    }
  }

  /** What senders ask for. */
  private final class Origin implements FrameOrigin {

    private EncodedMediaSource of(String rid) {
      return rid.isEmpty() ? EncodedMediaSource.this : encoding(rid);
    }

    @Override
    public void requestKeyFrame(String rid) {
      of(rid).keyFrameRequested();
      if (rid.isEmpty()) {
        encodings.values().forEach(EncodedMediaSource::keyFrameRequested);
      }
    }

    @Override
    public void forwarding(boolean begins) {
      // What a program makes is sent as it is written.
    }

    @Override
    public void targetBitrate(FrameSink sender, String rid, long bitsPerSecond) {
      of(rid).target(sender, bitsPerSecond);
    }

    @Override
    public void gone(FrameSink sender) {
      EncodedMediaSource.this.gone(sender);
      encodings.values().forEach(each -> each.gone(sender));
    }

    @Override
    public void codecNegotiated(RTCRtpCodec negotiated) {
      EncodedMediaSource.this.negotiated(negotiated);
      encodings.values().forEach(each -> each.negotiated(negotiated));
    }
  }
}
