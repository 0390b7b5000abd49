package org.purertc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.MediaStreamTrack.TrackIdentity;
import org.purertc.internal.media.MediaFrame;

/** What a receiver gives: its track, the simulcast layers of it, and the streams that it is in. */
final class ReceivedTracks {
  private final PeerMedia peer;
  private final MediaKind kind;
  private final Consumer<RTCRtpSender.OnLoop> loop;
  private final MediaStreamTrack track;
  private final Map<String, MediaStreamTrack> layers = new ConcurrentHashMap<>(0);
  private final List<MediaStream> streams = new ArrayList<>(); // loop thread only
  private boolean remoteSends; // loop thread only

  /**
   * @param loop takes what the tracks ask of the transceiver
   */
  ReceivedTracks(PeerMedia peer, MediaKind kind, Consumer<RTCRtpSender.OnLoop> loop) {
    this.peer = peer;
    this.kind = kind;
    this.loop = loop;
    track = newTrack("");
  }

  /**
   * @param rid of a simulcast layer; empty for the track of the receiver
   */
  private MediaStreamTrack newTrack(String rid) {
    String label = "remote " + kind + (rid.isEmpty() ? "" : " " + rid);
    TrackIdentity identity = new TrackIdentity(kind, UUID.randomUUID().toString(), label);
    return new MediaStreamTrack(identity, true, new RemoteOrigin(rid), peer.callbacks());
  }

  MediaStreamTrack track() {
    return track;
  }

  /** One simulcast layer of the remote. */
  MediaStreamTrack layer(String rid) {
    return layers.computeIfAbsent(
        rid,
        unused -> {
          MediaStreamTrack made = newTrack(rid);
          made.announced();
          loop.accept(p -> p.addLayer(rid));
          return made;
        });
  }

  /** The transceiver sends and receives no more. */
  void end() {
    track.end();
    layers.values().forEach(MediaStreamTrack::end);
  }

  /** The connection was closed: no event. */
  void stop() {
    track.stop();
    layers.values().forEach(MediaStreamTrack::stop);
  }

  /**
   * A description says that the remote sends.
   *
   * @return whether it did not before
   */
  boolean added(List<String> streamIds) {
    setStreams(streamIds);
    boolean isNew = !remoteSends;
    remoteSends = true;
    return isNew;
  }

  /** A description says that the remote sends no more. */
  void removed() {
    remoteSends = false;
    track.muted(true); // W3C WebRTC section 4.4.1.5: before the events of its streams
    setStreams(List.of());
  }

  List<MediaStream> streams() {
    return List.copyOf(streams);
  }

  private void setStreams(List<String> streamIds) {
    List<MediaStream> now = streamIds.stream().distinct().map(peer::remoteStream).toList();
    for (MediaStream stream : streams) {
      if (!now.contains(stream)) {
        peer.removeFrom(stream, track);
      }
    }
    now.forEach(stream -> stream.added(track, peer.callbacks()));
    streams.clear();
    streams.addAll(now);
  }

  void deliver(MediaFrame frame) {
    track.deliver(encoded(frame));
  }

  void deliver(String rid, MediaFrame frame) {
    MediaStreamTrack layer = layers.get(rid);
    if (layer != null) {
      layer.muted(false);
      layer.deliver(encoded(frame));
    }
  }

  /** Frames are missing before the next one. */
  void gap(long timestampUs, long durationUs, @Nullable MediaFrame next) {
    track.deliver(new FrameGap(timestampUs, durationUs, next == null ? null : encoded(next)));
  }

  private static EncodedFrame encoded(MediaFrame frame) {
    return new EncodedFrame(
        frame.mimeType(),
        frame.data(),
        frame.timestampUs(),
        frame.durationUs(),
        frame.keyFrame(),
        Metadata.metadata(frame.said()));
  }

  /** Whether packets come. */
  void receiving(boolean receiving) {
    track.muted(!receiving);
    if (!receiving) {
      layers.values().forEach(layer -> layer.muted(true));
    }
  }

  /** The remote peer makes the frames of the received track. */
  private final class RemoteOrigin implements FrameOrigin {
    private final String layer;

    RemoteOrigin(String layer) {
      this.layer = layer;
    }

    @Override
    public void requestKeyFrame(String rid) {
      loop.accept(port -> port.requestKeyFrame(layer));
    }

    @Override
    public void forwarding(boolean begins) {
      loop.accept(port -> port.forwarding(begins ? 1 : -1));
    }

    @Override
    public void targetBitrate(FrameSink sender, String rid, long bitsPerSecond) {
      // Nothing tells a remote encoder what another connection carries but its own feedback.
    }

    @Override
    public void gone(FrameSink sender) {
      // Nothing is known of it.
    }

    @Override
    public void codecNegotiated(RTCRtpCodec codec) {
      // The remote peer has its own negotiation; a frame in another codec is passed over.
    }
  }
}
