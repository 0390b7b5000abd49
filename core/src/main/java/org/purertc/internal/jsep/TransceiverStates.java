package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.purertc.internal.jsep.Transceiver.RemoteTrack;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

/** The transceivers of a session, and what descriptions make of them: W3C WebRTC 4.4.1.5. */
final class TransceiverStates {

  /** In W3C's order: as they were added or came into being. */
  private final List<Transceiver> list = new ArrayList<>();

  /** Those that remote offers made since the state was stable. */
  private Set<Transceiver> offeredNow = Set.of();

  private final List<RemoteTrackChange> changes = new ArrayList<>();

  void add(Transceiver transceiver) {
    list.add(transceiver);
  }

  List<Transceiver> list() {
    return list.stream()
        .filter(transceiver -> !transceiver.isStopped() || transceiver.mid() != null)
        .toList();
  }

  List<RemoteTrackChange> takeChanges() {
    List<RemoteTrackChange> taken = List.copyOf(changes);
    changes.clear();
    return taken;
  }

  /** All transceivers, with those that an offer adds; the session keeps them by {@link #offer}. */
  List<Transceiver> copy() {
    return new ArrayList<>(list);
  }

  /** A remote offer was applied. */
  void offer(MLines lines, List<Transceiver> withNew, SessionDescription offer) {
    Set<Transceiver> made = new HashSet<>(withNew);
    list.forEach(made::remove);
    list.clear();
    list.addAll(withNew);
    made.addAll(offeredNow);
    offeredNow = Set.copyOf(made);
    place(lines);
    removeUnplaced();
    for (int i = 0; i < lines.size(); i++) {
      MLine line = lines.list().get(i);
      Transceiver transceiver = line.transceiver();
      if (transceiver != null) {
        MediaDescription section = offer.media().get(i);
        boolean live = MediaSections.isLive(offer, section);
        track(transceiver, live ? RemoteMedia.track(offer, section) : RemoteTrack.NONE);
        transceiver.setOfferedRids(live ? Simulcast.offeredRids(section) : List.of());
      }
    }
  }

  /** Everything has its section; what has none and came from an offer is gone. */
  void place(MLines lines) {
    for (Transceiver transceiver : list) {
      int index = lines.indexOf(transceiver);
      transceiver.place(index < 0 ? null : lines.list().get(index).mid(), index);
    }
  }

  private void removeUnplaced() {
    for (Transceiver transceiver : List.copyOf(list)) {
      if (transceiver.mid() == null
          && offeredNow.contains(transceiver)
          && !transceiver.isAddedByTrack()) {
        track(transceiver, RemoteTrack.NONE);
        transceiver.stop();
        list.remove(transceiver);
      }
    }
  }

  /** An answer was applied; what only a provisional one rejects, the final one may accept. */
  void answer(AppliedAnswer answer) {
    MLines lines = answer.lines();
    for (int i = 0; i < lines.size(); i++) {
      MLine line = lines.list().get(i);
      Transceiver transceiver = line.transceiver();
      if (transceiver != null && line.isLive()) {
        answer(answer, transceiver, i);
      } else if (transceiver != null && answer.isFinal()) {
        track(transceiver, RemoteTrack.NONE);
        transceiver.end();
      }
    }
  }

  private void answer(AppliedAnswer answer, Transceiver transceiver, int index) {
    MLine line = answer.lines().list().get(index);
    MediaDescription ours = answer.local().media().get(index);
    MediaDescription theirs = answer.remote().media().get(index);
    NegotiatedMedia media =
        RemoteMedia.negotiated(
            line, transceiver.kind(), ours, answer.remote(), theirs, answer.byUs());
    transceiver.setNegotiated(media);
    if (!answer.byUs()) {
      takeSimulcastAnswer(transceiver, media, answer.isFinal());
      track(transceiver, RemoteMedia.track(answer.remote(), theirs));
    } else if (!media.direction().receives()) {
      track(transceiver, RemoteTrack.NONE);
    }
  }

  /** W3C WebRTC section 4.4.1.5: encodings that the answer leaves out are gone for good. */
  private static void takeSimulcastAnswer(
      Transceiver transceiver, NegotiatedMedia media, boolean isFinal) {
    List<String> rids = transceiver.sendRids();
    if (isFinal && media.direction().sends() && rids.size() > 1) {
      transceiver.setSendRids(media.sendRids().isEmpty() ? rids.subList(0, 1) : media.sendRids());
    }
  }

  /**
   * Both descriptions of an answer.
   *
   * @param lines what it accepts
   */
  record AppliedAnswer(
      MLines lines,
      SessionDescription local,
      SessionDescription remote,
      boolean byUs,
      boolean isFinal) {}

  /** The state is stable after an answer: stopped transceivers leave. */
  void settle(MLines lines) {
    place(lines);
    list.removeIf(Transceiver::isStopped);
    list.forEach(Transceiver::settle);
    offeredNow = Set.of();
  }

  /** Everything is as in the last stable state. */
  void rollBack(MLines lines) {
    place(lines);
    removeUnplaced();
    for (Transceiver transceiver : list) {
      track(transceiver, transceiver.stableRemoteTrack());
    }
    list.removeIf(Transceiver::isStopped);
    offeredNow = Set.of();
  }

  private void track(Transceiver transceiver, RemoteTrack now) {
    RemoteTrack before = transceiver.remoteTrack();
    if (before.sends() != now.sends() || !before.streamIds().equals(now.streamIds())) {
      changes.add(new RemoteTrackChange(transceiver, now.sends(), now.streamIds(), now.trackId()));
    }
    transceiver.setRemoteTrack(now);
  }
}
