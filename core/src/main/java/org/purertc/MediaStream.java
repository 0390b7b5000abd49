package org.purertc;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks that belong together, such as a face and its voice. Any thread.
 *
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#mediastream">Media Capture and Streams
 *     4.2, MediaStream</a>
 */
public final class MediaStream {
  private final String id;
  private final CopyOnWriteArrayList<MediaStreamTrack> tracks = new CopyOnWriteArrayList<>();
  private volatile @Nullable Consumer<MediaStreamTrack> addTrack;
  private volatile @Nullable Consumer<MediaStreamTrack> removeTrack;

  /** With a new id. */
  public MediaStream(MediaStreamTrack... tracks) {
    this(UUID.randomUUID().toString());
    this.tracks.addAllAbsent(List.of(tracks));
  }

  MediaStream(String id) {
    this.id = id;
  }

  /** What the remote peer knows it by. */
  public String id() {
    return id;
  }

  /** Those that are in it now. */
  public List<MediaStreamTrack> getTracks() {
    return List.copyOf(tracks);
  }

  /** Its audio. */
  public List<MediaStreamTrack> getAudioTracks() {
    return of(MediaKind.AUDIO);
  }

  /** Its video. */
  public List<MediaStreamTrack> getVideoTracks() {
    return of(MediaKind.VIDEO);
  }

  /** Null when there is none of that id. */
  public @Nullable MediaStreamTrack getTrackById(String trackId) {
    return tracks.stream().filter(track -> track.id().equals(trackId)).findFirst().orElse(null);
  }

  /** Adds a track, if it is not in it. */
  public void addTrack(MediaStreamTrack track) {
    tracks.addIfAbsent(track);
  }

  /** Takes a track out, if it is in it. */
  public void removeTrack(MediaStreamTrack track) {
    tracks.remove(track);
  }

  /** Whether one of its tracks is live. */
  public boolean active() {
    return tracks.stream().anyMatch(t -> t.readyState() == MediaStreamTrackState.LIVE);
  }

  /**
   * Sets the handler of tracks that the remote peer adds; runs where those of the peer connection
   * run.
   */
  public void onAddTrack(@Nullable Consumer<MediaStreamTrack> handler) {
    addTrack = handler;
  }

  /** Sets the handler of tracks that the remote peer takes out. */
  public void onRemoveTrack(@Nullable Consumer<MediaStreamTrack> handler) {
    removeTrack = handler;
  }

  /** The remote peer added it. */
  void added(MediaStreamTrack track, Callbacks callbacks) {
    if (tracks.addIfAbsent(track)) {
      callbacks.event(() -> call(addTrack, track));
    }
  }

  /** The remote peer took it out. */
  void removed(MediaStreamTrack track, Callbacks callbacks) {
    if (tracks.remove(track)) {
      callbacks.event(() -> call(removeTrack, track));
    }
  }

  private static void call(@Nullable Consumer<MediaStreamTrack> handler, MediaStreamTrack track) {
    if (handler != null) {
      handler.accept(track);
    }
  }

  private List<MediaStreamTrack> of(MediaKind kind) {
    return tracks.stream().filter(track -> track.kind() == kind).toList();
  }
}
