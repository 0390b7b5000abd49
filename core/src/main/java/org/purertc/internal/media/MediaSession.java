package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.JsepSession;
import org.purertc.internal.jsep.MediaSource;
import org.purertc.internal.jsep.NegotiatedMedia;
import org.purertc.internal.jsep.RemoteTrackChange;
import org.purertc.internal.jsep.Transceiver;
import org.purertc.internal.rtp.NtpClock;

/** The audio and video of one peer: its transceivers on their paths. Loop thread only. */
public final class MediaSession {
  private final String cname;
  private final NtpClock clock;
  private final RandomGenerator random;
  private final IntFunction<MediaTransport> transports;
  private final List<MediaTransceiver> transceivers = new ArrayList<>();
  private final Map<Integer, MediaPath> paths = new TreeMap<>();
  private final LipSyncing lipSyncing = new LipSyncing();

  /**
   * @param cname of everything that is sent, RFC 7022
   * @param clock the wall clock
   * @param transports by the index that descriptions give them
   */
  public MediaSession(
      String cname,
      NtpClock clock,
      RandomGenerator random,
      IntFunction<MediaTransport> transports) {
    this.cname = cname;
    this.clock = clock;
    this.random = random;
    this.transports = transports;
  }

  public void add(MediaTransceiver transceiver) {
    transceivers.add(transceiver);
  }

  List<MediaTransceiver> transceivers() {
    return transceivers;
  }

  Map<Integer, MediaPath> paths() {
    return paths;
  }

  NtpClock clock() {
    return clock;
  }

  /**
   * A description was applied or rolled back: streams begin, change and end.
   *
   * @return the transceivers that are gone
   */
  public List<MediaTransceiver> onDescriptions(JsepSession jsep, long nowNs) {
    List<RemoteTrackChange> changes = jsep.takeRemoteTrackChanges();
    List<MediaTransceiver> gone = new ArrayList<>();
    for (MediaTransceiver each : List.copyOf(transceivers)) {
      apply(each, nowNs);
      if (each.description().isStopped() || !jsep.transceivers().contains(each.description())) {
        stop(each);
        transceivers.remove(each);
        gone.add(each);
      }
      each.listener().onNegotiated(each.state());
    }
    updatePaths(nowNs);
    lipSyncing.update(transceivers, nowNs);
    changes.forEach(this::tell);
    return gone;
  }

  private void apply(MediaTransceiver transceiver, long nowNs) {
    NegotiatedMedia media = transceiver.description().negotiated();
    if (media == null || transceiver.description().isStopping()) {
      return;
    }
    MediaPath path = path(media.transport());
    applySending(transceiver, media, path, nowNs);
    if (media.direction().receives()) {
      ReceivingMedia receiving = transceiver.receiving();
      if (receiving == null) {
        transceiver.startReceiving(new ReceivingMedia(transceiver.listener(), media));
      } else {
        receiving.update(media);
      }
    } else {
      transceiver.endReceiving();
    }
  }

  private void applySending(
      MediaTransceiver transceiver, NegotiatedMedia media, MediaPath path, long nowNs) {
    SendingMedia sending = transceiver.sending();
    if (sending != null && (sending.path() != path || !media.direction().sends())) {
      endSending(transceiver);
      sending = null;
    }
    if (!media.direction().sends()) {
      return;
    }
    if (sending == null) {
      SendingMedia started = newSending(transceiver, media, path, nowNs);
      transceiver.startSending(started);
      path.add(started);
      started.restart();
    } else {
      sending.update(media, nowNs);
    }
  }

  /**
   * The stream that was sent on this path before goes on with its sequence numbers: RFC 3711
   * section 9.1 forbids one SSRC to use an index twice under the same key.
   */
  private SendingMedia newSending(
      MediaTransceiver transceiver, NegotiatedMedia media, MediaPath path, long nowNs) {
    SendingMedia before = transceiver.paused();
    if (before != null && before.path() == path) {
      before.update(media, nowNs);
      return before;
    }
    MediaSource source = transceiver.description().sources().get(0);
    return new SendingMedia(
        new SendingMedia.Parts(source, transceiver.listener(), path, clock, random), media);
  }

  private void endSending(MediaTransceiver transceiver) {
    SendingMedia ended = transceiver.endSending();
    if (ended != null) {
      ended.path().remove(ended);
    }
  }

  /** Nothing is sent or received by it any more. */
  public void stop(MediaTransceiver transceiver) {
    endSending(transceiver);
    transceiver.endReceiving();
  }

  private MediaPath path(int index) {
    return paths.computeIfAbsent(
        index, unused -> new MediaPath(transports.apply(index), cname, clock, random));
  }

  private void updatePaths(long nowNs) {
    paths.forEach(
        (index, path) -> {
          List<MediaTransceiver> onPath = new ArrayList<>();
          for (MediaTransceiver each : transceivers) {
            NegotiatedMedia media = each.description().negotiated();
            if (media != null && media.transport() == index) {
              onPath.add(each);
            }
          }
          path.update(onPath, nowNs);
        });
  }

  private void tell(RemoteTrackChange change) {
    MediaTransceiver transceiver = find(change.transceiver());
    if (transceiver == null) {
      return;
    }
    TransceiverListener listener = transceiver.listener();
    if (!change.sends()) {
      listener.onRemoteTrackRemoved();
    } else {
      listener.onRemoteTrack(change.streamIds(), change.trackId());
    }
  }

  private @Nullable MediaTransceiver find(Transceiver description) {
    for (MediaTransceiver each : transceivers) {
      if (each.description() == description) {
        return each;
      }
    }
    return null;
  }

  /** The keys of a transport are there. */
  public void onConnected(int transport, long nowNs) {
    MediaPath path = paths.get(transport);
    if (path != null) {
      path.onConnected(nowNs);
    }
  }

  public void receiveRtp(int transport, byte[] buffer, int offset, int length, long nowNs) {
    MediaPath path = paths.get(transport);
    if (path != null) {
      path.receiveRtp(buffer, offset, length, nowNs);
    }
  }

  public void receiveRtcp(int transport, byte[] buffer, int offset, int length, long nowNs) {
    MediaPath path = paths.get(transport);
    if (path != null) {
      path.receiveRtcp(buffer, offset, length, nowNs);
    }
  }

  /** Sends what is due, on all paths. */
  public void produce(long nowNs) {
    for (MediaPath path : paths.values()) {
      path.produce(nowNs);
    }
  }

  /** Whether data on that transport may send a packet now, beside the media there. */
  public boolean leavesRoomForData(int transport, long nowNs) {
    MediaPath path = paths.get(transport);
    return path == null || path.sending().leavesRoomForData(nowNs);
  }

  public void onDataSent(int transport, int bytes, long nowNs) {
    MediaPath path = paths.get(transport);
    if (path != null) {
      path.sending().onDataSent(bytes, nowNs);
    }
  }

  public long nextDeadlineNs() {
    long next = lipSyncing.nextDeadlineNs();
    for (MediaPath path : paths.values()) {
      next = Math.min(next, path.nextDeadlineNs());
    }
    return next;
  }

  public void onDeadline(long nowNs) {
    lipSyncing.onDeadline(nowNs);
    for (MediaPath path : paths.values()) {
      path.onDeadline(nowNs);
    }
  }

  /** Says goodbye to whoever receives. */
  public void close(long nowNs) {
    lipSyncing.stop();
    paths.values().forEach(path -> path.close(nowNs));
  }
}
