package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.Attribute;
import org.purertc.sdp.Attributes;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.ConnectionData;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SessionDescription;

/** Our candidates, and how a description shows them. */
final class LocalCandidates {
  private final List<CandidateAttribute> candidates = new ArrayList<>();
  private boolean ended;

  void add(String text) {
    try {
      CandidateAttribute candidate = CandidateAttribute.parse(text);
      if (!candidates.contains(candidate)) {
        candidates.add(candidate);
      }
    } catch (SdpException e) {
      throw new IllegalArgumentException("local candidate: " + e.getMessage(), e);
    }
  }

  void end() {
    ended = true;
  }

  /** The description with the candidates in its data section. */
  @Nullable SessionDescription addTo(@Nullable SessionDescription description) {
    int index = description == null ? -1 : DataSection.indexIn(description);
    if (description == null || index < 0) {
      return description;
    }
    MediaDescription section = description.media().get(index);
    List<Attribute> attributes = new ArrayList<>();
    for (CandidateAttribute candidate : candidates) {
      attributes.add(new Attribute("candidate", candidate.toString()));
    }
    if (ended) {
      attributes.add(Attribute.flag("end-of-candidates"));
    }
    attributes.addAll(section.attributes().list());
    MediaDescription shown = section.withAttributes(new Attributes(attributes));
    return description.withMedia(index, withDefault(shown));
  }

  /** The description as it was before {@link #addTo}, whichever candidates it shows. */
  static SessionDescription removeFrom(SessionDescription description) {
    int index = DataSection.indexIn(description);
    if (index < 0) {
      return description;
    }
    MediaDescription section = description.media().get(index);
    Attributes bare = section.attributes().without("candidate").without("end-of-candidates");
    return description.withMedia(
        index, section.withAttributes(bare).withPort(9).withConnection(ConnectionData.UNKNOWN));
  }

  private MediaDescription withDefault(MediaDescription section) {
    CandidateAttribute best = null;
    for (CandidateAttribute candidate : candidates) {
      if (rank(candidate) > (best == null ? 0 : rank(best))) {
        best = candidate;
      }
    }
    return best == null
        ? section
        : section.withPort(best.port()).withConnection(ConnectionData.ofAddress(best.address()));
  }

  /**
   * RFC 8839 section 4: the default is the candidate that most likely works, relayed before
   * reflexive before host. 0 for what c= cannot show, TCP and names.
   */
  private static int rank(CandidateAttribute candidate) {
    String address = candidate.address();
    boolean isName = address.indexOf(':') < 0 && !address.matches("[0-9.]+");
    if (!candidate.isUdp() || isName || candidate.port() == 0) {
      return 0;
    }
    int type =
        switch (candidate.type()) {
          case "relay" -> 3;
          case "srflx" -> 2;
          default -> 1;
        };
    return 2 * type + (address.indexOf(':') < 0 ? 1 : 0);
  }
}
