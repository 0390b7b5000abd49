package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.Attribute;
import org.purertc.sdp.Attributes;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SessionDescription;

/** Candidates that trickle into the remote descriptions, RFC 8840 and W3C WebRTC section 4.4.2. */
final class RemoteCandidates {
  /** Far more than a real peer gathers. */
  static final int MAX_CANDIDATES = 256;

  private RemoteCandidates() {}

  /** The line of a candidate; the empty candidate is the end of candidates. */
  static Attribute parse(String candidate) throws JsepException {
    if (candidate.isEmpty()) {
      return Attribute.flag("end-of-candidates");
    }
    try {
      return new Attribute("candidate", CandidateAttribute.parse(candidate).toString());
    } catch (SdpException e) {
      throw JsepException.operation("candidate: " + e.getMessage());
    }
  }

  /** Index of the section that a candidate names; W3C: the mid goes before the index. */
  static int indexOf(NegotiationState state, @Nullable String mid, @Nullable Integer mLineIndex)
      throws JsepException {
    SessionDescription remote = state.newestRemote();
    int sections = remote == null ? 0 : remote.media().size();
    if (mid == null) {
      if (mLineIndex == null || mLineIndex < 0 || mLineIndex >= sections) {
        throw JsepException.operation(
            "candidate names m-line " + mLineIndex + ", the remote description has " + sections);
      }
      return mLineIndex;
    }
    int index = remote == null ? -1 : remote.indexOfMid(mid);
    if (index < 0) {
      // A remote that writes no a=mid knows the mid that we chose.
      index = state.remoteLines().indexOfMid(mid);
    }
    if (index < 0) {
      throw JsepException.operation(
          "candidate names mid " + mid + ", the remote description has no such m-line");
    }
    return index;
  }

  /** Whether the generation of that ufrag has the section; null is the newest generation. */
  static boolean isKnown(NegotiationState state, int index, @Nullable String ufrag) {
    return ufrag == null
        || hasUfrag(state.currentRemote(), index, ufrag)
        || hasUfrag(state.pendingRemote(), index, ufrag);
  }

  /** The state with the line in each remote description of the candidate's generation. */
  static NegotiationState add(
      NegotiationState state, int index, Attribute line, @Nullable String ufrag)
      throws JsepException {
    SessionDescription newest = state.newestRemote();
    if (newest == null || !MediaSections.isLive(newest, newest.media().get(index))) {
      return state;
    }
    String generation = ufrag == null ? ufragOf(newest, index) : ufrag;
    return state.withRemotes(
        add(state.currentRemote(), index, line, generation),
        add(state.pendingRemote(), index, line, generation));
  }

  private static @Nullable SessionDescription add(
      @Nullable SessionDescription remote, int index, Attribute line, @Nullable String generation)
      throws JsepException {
    if (remote == null || generation == null || !hasUfrag(remote, index, generation)) {
      return remote;
    }
    MediaDescription section = remote.media().get(index);
    Attributes attributes = section.attributes();
    if (attributes.list().contains(line)) {
      return remote;
    }
    if (attributes.values("candidate").size() >= MAX_CANDIDATES) {
      throw JsepException.operation(
          "m-line " + index + " has " + MAX_CANDIDATES + " candidates already");
    }
    return remote.withMedia(index, section.withAttributes(attributes.with(line)));
  }

  /**
   * The transport that a candidate of that section and generation belongs to; {@link
   * MLine#REJECTED} when it is of no use.
   */
  static int transportOf(NegotiationState state, int index, @Nullable String ufrag) {
    SessionDescription remote = state.newestRemote();
    if (remote == null) {
      return MLine.REJECTED;
    }
    for (NegotiatedTransport transport : state.transports()) {
      if (carries(state, remote, transport, index)
          && (ufrag == null || ufrag.equals(transport.iceUfrag()))) {
        return transport.index();
      }
    }
    return MLine.REJECTED;
  }

  /** An offer may still state another transport in each bundled section; an answer states one. */
  private static boolean carries(
      NegotiationState state, SessionDescription remote, NegotiatedTransport transport, int index) {
    MLines lines = state.remoteLines();
    if (lines.on(transport.index()).isEmpty()) {
      return false;
    }
    int stating = RemoteTransports.statingIndex(remote, lines, transport.index());
    boolean carried = lines.transportAt(index) == transport.index();
    return index == stating
        || (carried && RemoteTransports.iceIndex(remote, index) == stating)
        || (carried && !state.remoteOffered());
  }

  /** The attributes of the sections that state that transport. */
  static Attributes ofTransport(NegotiationState state, int transport) {
    SessionDescription remote = state.newestRemote();
    NegotiatedTransport negotiated = state.transport(transport);
    if (remote == null || negotiated == null) {
      return Attributes.NONE;
    }
    List<Attribute> all = new ArrayList<>();
    for (int i = 0; i < remote.media().size(); i++) {
      if (carries(state, remote, negotiated, i)) {
        all.addAll(remote.media().get(i).attributes().list());
      }
    }
    return new Attributes(all);
  }

  private static boolean hasUfrag(@Nullable SessionDescription remote, int index, String ufrag) {
    return remote != null && index < remote.media().size() && ufrag.equals(ufragOf(remote, index));
  }

  private static @Nullable String ufragOf(SessionDescription remote, int index) {
    return remote.iceUfrag(remote.media().get(RemoteTransports.iceIndex(remote, index)));
  }
}
