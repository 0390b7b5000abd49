package org.purertc.internal.jsep;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.MsidAttribute;
import org.purertc.sdp.SessionDescription;

/** W3C WebRTC section 4.7.3, "check if negotiation is needed", in the stable state. */
final class NegotiationNeed {
  private final NegotiationState state;

  NegotiationNeed(NegotiationState state) {
    this.state = state;
  }

  boolean exists(List<Transceiver> transceivers, boolean dataRequested) {
    if (dataRequested && !hasDataSection()) {
      return true;
    }
    return transceivers.stream().anyMatch(this::isDueTo);
  }

  private boolean hasDataSection() {
    SessionDescription local = state.currentLocal();
    return local != null
        && local.media().stream().anyMatch(section -> section.media().equals("application"));
  }

  private boolean isDueTo(Transceiver transceiver) {
    if (transceiver.isStopped()) {
      return false;
    }
    int index = state.lines().indexOf(transceiver);
    SessionDescription local = state.currentLocal();
    SessionDescription remote = state.currentRemote();
    if (transceiver.isStopping() || index < 0 || local == null || remote == null) {
      return true;
    }
    MediaDescription ours = local.media().get(index);
    MediaDirection wanted = transceiver.direction();
    if (wanted.sends() && !hasSameStreams(ours, transceiver)) {
      return true;
    }
    MediaDirection written = direction(local, ours);
    MediaDirection offered = direction(remote, remote.media().get(index)).reversed();
    return state.answeredLast()
        ? written != wanted.intersect(offered)
        : written != wanted && offered != wanted;
  }

  private static MediaDirection direction(
      SessionDescription description, @Nullable MediaDescription section) {
    return section == null
        ? MediaDirection.INACTIVE
        : MediaSections.direction(description, section);
  }

  private static boolean hasSameStreams(MediaDescription section, Transceiver transceiver) {
    List<MsidAttribute> written = section.attributes().msids();
    Set<String> streams = new HashSet<>();
    written.stream().filter(MsidAttribute::hasStream).forEach(msid -> streams.add(msid.streamId()));
    return !written.isEmpty() && streams.equals(Set.copyOf(transceiver.streamIds()));
  }
}
