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

/** Candidates that trickle into a remote description, RFC 8840 and W3C WebRTC section 4.4.2. */
final class RemoteCandidates {
  /** Far more than a real peer gathers. */
  static final int MAX_CANDIDATES = 256;

  private RemoteCandidates() {}

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

  /** Index of the section that the candidate names; W3C: the mid goes before the index. */
  static int indexIn(
      SessionDescription remote, @Nullable String mid, @Nullable Integer mLineIndex)
      throws JsepException {
    if (mid != null) {
      int index = remote.indexOfMid(mid);
      if (index < 0) {
        throw JsepException.operation(
            "candidate names mid " + mid + ", the remote description has no such m-line");
      }
      return index;
    }
    if (mLineIndex == null || mLineIndex < 0 || mLineIndex >= remote.media().size()) {
      throw JsepException.operation(
          "candidate names m-line "
              + mLineIndex
              + ", the remote description has "
              + remote.media().size());
    }
    return mLineIndex;
  }

  static boolean hasUfrag(@Nullable SessionDescription remote, int index, String ufrag) {
    return remote != null
        && index < remote.media().size()
        && ufrag.equals(remote.iceUfrag(remote.media().get(index)));
  }

  /** The description with the line, once. */
  static SessionDescription add(SessionDescription remote, int index, Attribute line)
      throws JsepException {
    MediaDescription section = remote.media().get(index);
    List<Attribute> attributes = new ArrayList<>(section.attributes().list());
    if (attributes.contains(line)) {
      return remote;
    }
    if (section.attributes().values("candidate").size() >= MAX_CANDIDATES) {
      throw JsepException.operation(
          "m-line " + index + " has " + MAX_CANDIDATES + " candidates already");
    }
    attributes.add(line);
    return remote.withMedia(index, section.withAttributes(new Attributes(attributes)));
  }
}
