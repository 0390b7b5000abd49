package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.Attribute;
import org.purertc.sdp.SessionDescription;

/**
 * A candidate that the remote's signaling brought, and the section that it names; W3C WebRTC
 * section 4.4.2, addIceCandidate.
 *
 * @param candidate empty for the end of candidates
 * @param ufrag of the generation of candidates; null for the newest
 */
record TrickledCandidate(
    String candidate, @Nullable String mid, @Nullable Integer mLineIndex, @Nullable String ufrag) {

  /**
   * What adding a candidate made.
   *
   * @param transports the indices of those that it belongs to; none for those of rejected sections
   */
  record Added(NegotiationState state, SortedSet<Integer> transports) {}

  /** Checks where it belongs and adds it to the remote descriptions. */
  Added addTo(NegotiationState state) throws JsepException {
    if (!candidate.isEmpty() && mid == null && mLineIndex == null) {
      throw new JsepException("TypeError", "a candidate needs sdpMid or sdpMLineIndex");
    }
    SessionDescription remote = state.newestRemote();
    if (remote == null) {
      throw JsepException.invalidState("addIceCandidate: there is no remote description yet");
    }
    Attribute line = RemoteCandidates.parse(candidate);
    SortedSet<Integer> transports = new TreeSet<>();
    NegotiationState changed = state;
    for (int index : sections(state, remote)) {
      changed = RemoteCandidates.add(changed, index, line, ufrag);
      int transport = RemoteCandidates.transportOf(changed, index, ufrag);
      if (transport != MLine.REJECTED) {
        transports.add(transport);
      }
    }
    return new Added(changed, transports);
  }

  /** W3C WebRTC section 4.4.2: an end of candidates that names no section is for all. */
  private List<Integer> sections(NegotiationState state, SessionDescription remote)
      throws JsepException {
    List<Integer> known = new ArrayList<>();
    if (mid != null || mLineIndex != null) {
      int index = RemoteCandidates.indexOf(state, mid, mLineIndex);
      if (RemoteCandidates.isKnown(state, index, ufrag)) {
        known.add(index);
      }
    } else {
      for (int i = 0; i < remote.media().size(); i++) {
        if (RemoteCandidates.isKnown(state, i, ufrag)) {
          known.add(i);
        }
      }
    }
    if (known.isEmpty() && ufrag != null) {
      throw JsepException.operation("candidate of ufrag " + ufrag + ", which no m-line has");
    }
    return known;
  }
}
