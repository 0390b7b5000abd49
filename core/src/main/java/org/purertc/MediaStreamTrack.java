package org.purertc;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of encoded frames: from the remote peer ({@link RTCTrackEvent}), or from this program
 * ({@link EncodedMediaSource}). It may be sent by any number of senders, also one that comes from a
 * remote peer: its frames then go on as they are.
 *
 * <p>All methods may be called from any thread. Handlers of a remote track run where those of its
 * peer connection run; those of a local one on the thread that writes.
 *
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#mediastreamtrack">Media Capture and
 *     Streams 4.3, MediaStreamTrack</a>
 */
public final class MediaStreamTrack {
  private final String id;
  private final MediaKind kind;
  private final String label;
  private final FrameOrigin origin;
  private final FrameInbox inbox;
  private final List<FrameSink> sinks = new CopyOnWriteArrayList<>();
  private final EventSlot<MediaStreamTrack> ended;
  private final EventSlot<MediaStreamTrack> mute;
  private final EventSlot<MediaStreamTrack> unmute;
  private final BoundedEvents muting;
  private volatile boolean enabled = true;
  private volatile boolean muted;

  /** Rids; touched by the thread that delivers only. */
  private final Set<String> waitForKeyFrame = new HashSet<>(1);

  /** Rids of forwarded packets; touched by the thread that delivers only. */
  private final Set<String> interrupted = new HashSet<>(0);

  private volatile MediaStreamTrackState readyState = MediaStreamTrackState.LIVE;

  /**
   * @param muted as a remote track is until its first packet
   */
  MediaStreamTrack(TrackIdentity identity, boolean muted, FrameOrigin origin, Callbacks callbacks) {
    this.id = identity.id();
    this.kind = identity.kind();
    this.label = identity.label();
    this.muted = muted;
    this.origin = origin;
    inbox = new FrameInbox(callbacks, () -> origin.requestKeyFrame(""));
    ended = new EventSlot<>(callbacks, 1);
    mute = new EventSlot<>(callbacks, 0);
    unmute = new EventSlot<>(callbacks, 0);
    muting = new BoundedEvents(callbacks);
  }

  /** What does not change about a track. */
  record TrackIdentity(MediaKind kind, String id, String label) {}

  /** Unique; of a remote track, too, it is known on this side only. */
  public String id() {
    return id;
  }

  /** Audio or video. */
  public MediaKind kind() {
    return kind;
  }

  /** For people; may be empty. */
  public String label() {
    return label;
  }

  /** Whether frames go through; see {@link #enabled(boolean)}. */
  public boolean enabled() {
    return enabled;
  }

  /**
   * Lets frames through or not. While it is off, nothing is sent and no handler is called (W3C
   * sends black and silence, which takes an encoder); afterwards video goes on with a key frame.
   */
  public void enabled(boolean on) {
    boolean was = enabled;
    enabled = on;
    if (on && !was && kind == MediaKind.VIDEO) {
      origin.requestKeyFrame("");
    }
  }

  /** Whether its source gives nothing now: a remote peer that sends no packets. */
  public boolean muted() {
    return muted;
  }

  /** Whether frames may still come. */
  public MediaStreamTrackState readyState() {
    return readyState;
  }

  /** Ends this track here, without an event; its source, or the remote peer, goes on. */
  public void stop() {
    readyState = MediaStreamTrackState.ENDED;
  }

  /**
   * Sets the handler of its frames. A handler that is too slow loses frames ({@link
   * #droppedFrames}): at most 500 frames or 8 MiB wait for it. Set it inside the {@code track}
   * event to get the first frame.
   */
  public void onFrame(@Nullable Consumer<EncodedFrame> handler) {
    inbox.setHandler(handler);
    if (handler != null && kind == MediaKind.VIDEO) {
      origin.requestKeyFrame("");
    }
  }

  /**
   * Sets the handler of audio that was lost on the way, called between the frames before and behind
   * it. It counts as a frame of {@link #onFrame}. Video has no such gaps: after a loss it goes on
   * with the next frame that can be decoded, and asks for one.
   */
  public void onGap(@Nullable Consumer<FrameGap> handler) {
    inbox.setGapHandler(handler);
  }

  /** Frames that {@link #onFrame}'s handler did not take in time. */
  public long droppedFrames() {
    return inbox.dropped();
  }

  /**
   * Asks whoever makes the frames for a key frame; the remote peer by PLI (RFC 4585), which is sent
   * at most every 300 ms. Without effect for audio.
   */
  public void requestKeyFrame() {
    if (kind == MediaKind.VIDEO) {
      origin.requestKeyFrame("");
    }
  }

  /** Sets the handler of the end, called once, also when it has ended already. */
  public void onEnded(@Nullable Consumer<MediaStreamTrack> handler) {
    ended.set(handler);
  }

  /** Sets the handler called when frames stop. */
  public void onMute(@Nullable Consumer<MediaStreamTrack> handler) {
    mute.set(handler);
  }

  /** Sets the handler called when frames come, for the first time or again. */
  public void onUnmute(@Nullable Consumer<MediaStreamTrack> handler) {
    unmute.set(handler);
  }

  FrameOrigin origin() {
    return origin;
  }

  void attach(FrameSink sink) {
    sinks.add(sink);
    origin.forwarding(true);
  }

  void detach(FrameSink sink) {
    if (sinks.remove(sink)) {
      origin.forwarding(false);
    }
    origin.gone(sink);
  }

  /** The user's handler of the {@code track} event has run. */
  void announced() {
    inbox.announced();
  }

  /** One thread at a time, in the order of the frames. */
  void deliver(EncodedFrame frame) {
    deliver("", frame);
  }

  /**
   * As {@link #deliver(EncodedFrame)}, of one encoding of simulcast.
   *
   * @param rid empty without simulcast
   */
  void deliver(String rid, EncodedFrame frame) {
    if (readyState == MediaStreamTrackState.ENDED) {
      return;
    }
    if (!enabled) {
      waitForKeyFrame.add(rid);
    } else if (frame.keyFrame()) {
      waitForKeyFrame.remove(rid);
    }
    if (waitForKeyFrame.contains(rid)) {
      return;
    }
    for (FrameSink sink : sinks) {
      sink.onFrame(rid, frame);
    }
    if (rid.isEmpty()) {
      inbox.add(frame);
    }
  }

  /** As {@link #deliver(EncodedFrame)}; who forwards packets has no handler of this track. */
  void deliver(String rid, RTCRtpPacket packet) {
    if (readyState == MediaStreamTrackState.ENDED) {
      return;
    }
    for (FrameSink sink : sinks) {
      if (enabled) {
        sink.onPacket(rid, packet);
      } else if (!interrupted.contains(rid)) {
        sink.onInterruption(rid);
      }
    }
    if (enabled) {
      interrupted.remove(rid);
    } else {
      interrupted.add(rid);
    }
  }

  /** As {@link #deliver(EncodedFrame)}; who sends the track on leaves the same gap. */
  void deliver(FrameGap gap) {
    if (enabled && readyState == MediaStreamTrackState.LIVE) {
      inbox.add(gap);
    }
  }

  /** Its source changed; does nothing when it is so already. */
  void muted(boolean now) {
    if (muted != now && readyState == MediaStreamTrackState.LIVE) {
      muted = now;
      muting.event(() -> (now ? mute : unmute).deliver(this));
    }
  }

  /** Its source is gone. */
  void end() {
    if (readyState == MediaStreamTrackState.LIVE) {
      readyState = MediaStreamTrackState.ENDED;
      ended.fire(this);
    }
  }

  @Override
  public String toString() {
    return kind + " track " + id;
  }
}
