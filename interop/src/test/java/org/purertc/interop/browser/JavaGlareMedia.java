package org.purertc.interop.browser;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.purertc.EncodedFrame;
import org.purertc.MediaKind;
import org.purertc.MediaStream;
import org.purertc.MediaStreamTrack;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCRtpTransceiver;
import org.purertc.RTCRtpTransceiverDirection;
import org.purertc.RTCRtpTransceiverInit;
import org.purertc.RTCTrackEvent;

/** Media of Java's side of a glare round, as {@code glare-media.js} is the page's. */
final class JavaGlareMedia {
  private static final int MAX_TRANSCEIVERS = 4;
  private static final List<RTCRtpTransceiverDirection> DIRECTIONS =
      List.of(
          RTCRtpTransceiverDirection.SENDRECV,
          RTCRtpTransceiverDirection.SENDONLY,
          RTCRtpTransceiverDirection.RECVONLY,
          RTCRtpTransceiverDirection.INACTIVE);

  final RTCPeerConnection connection;
  private final GlareTracks tracks;
  private final Map<MediaStreamTrack, Long> received = new HashMap<>();

  JavaGlareMedia(RTCPeerConnection connection, GlareTracks tracks) {
    this.connection = connection;
    this.tracks = tracks;
    connection.onTrack(this::count);
  }

  private void count(RTCTrackEvent event) {
    MediaStreamTrack track = event.track();
    track.onFrame((EncodedFrame frame) -> received.merge(track, 1L, Long::sum));
  }

  CompletableFuture<Void> act(GlarePlan.Moment moment) {
    List<RTCRtpTransceiver> all = connection.getTransceivers();
    if (moment.action() == GlarePlan.Action.ADD_MEDIA) {
      if (all.size() < MAX_TRANSCEIVERS) {
        add(moment.choice());
      }
    } else if (!all.isEmpty()) {
      return change(all.get((moment.choice() >> 4) % all.size()), moment);
    }
    return CompletableFuture.completedFuture(null);
  }

  private void add(int choice) {
    MediaKind kind = (choice & 1) != 0 ? MediaKind.AUDIO : MediaKind.VIDEO;
    MediaStreamTrack track = tracks.unsent(connection, kind);
    RTCRtpTransceiverInit init = RTCRtpTransceiverInit.of(DIRECTIONS.get((choice >> 2) & 3));
    if (track == null) {
      connection.addTransceiver(kind, init);
    } else if ((choice & 2) != 0) {
      connection.addTrack(track, new MediaStream(track));
    } else {
      connection.addTransceiver(track, init);
    }
  }

  private CompletableFuture<Void> change(RTCRtpTransceiver transceiver, GlarePlan.Moment moment) {
    int choice = moment.choice() & 3;
    switch (moment.action()) {
      case REMOVE_TRACK -> connection.removeTrack(transceiver.sender());
      case CHANGE_DIRECTION -> transceiver.direction(DIRECTIONS.get(choice));
      case REPLACE_TRACK -> {
        MediaStreamTrack other = tracks.unsent(connection, transceiver.kind());
        return transceiver.sender().replaceTrack(choice == 0 ? null : other);
      }
      default -> throw new IllegalArgumentException(moment.toString());
    }
    return CompletableFuture.completedFuture(null);
  }

  /** What was agreed on, and how many frames came in by now. */
  List<GlareTransceiver> transceivers() {
    return connection.getTransceivers().stream().map(this::transceiver).toList();
  }

  private GlareTransceiver transceiver(RTCRtpTransceiver each) {
    return new GlareTransceiver(
        String.valueOf(each.mid()),
        each.kind().toString(),
        each.direction().toString(),
        String.valueOf(each.currentDirection()),
        each.sender().track() != null,
        received.getOrDefault(each.receiver().track(), 0L));
  }
}
