package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.Attribute;
import org.purertc.sdp.Attributes;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.ConnectionData;
import org.purertc.sdp.GroupAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SessionDescription;

/** Our candidates of one transport, and how a description shows them. */
final class LocalCandidates {
  private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

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

  /** The description with the candidates of each transport in the section that states it. */
  static @Nullable SessionDescription addTo(
      @Nullable SessionDescription description,
      MLines lines,
      Map<Integer, LocalCandidates> ofTransports) {
    if (description == null) {
      return null;
    }
    SessionDescription shown = description;
    for (int transport : lines.transports()) {
      LocalCandidates candidates = ofTransports.get(transport);
      int index = statingIndex(description, lines, transport);
      if (candidates != null && index >= 0) {
        shown = shown.withMedia(index, candidates.addTo(description.media().get(index)));
      }
    }
    return shown;
  }

  /** RFC 9143 section 7.1.3: of bundled sections the first of the group. */
  private static int statingIndex(SessionDescription description, MLines lines, int transport) {
    List<Integer> sections = lines.on(transport);
    for (GroupAttribute group : description.bundles()) {
      int tagged = description.indexOfMid(group.mids().get(0));
      if (sections.contains(tagged)) {
        return tagged;
      }
    }
    for (int index : sections) {
      if (description.media().get(index).port() != 0) {
        return index;
      }
    }
    return -1;
  }

  private MediaDescription addTo(MediaDescription section) {
    List<Attribute> attributes = new ArrayList<>();
    for (CandidateAttribute candidate : candidates) {
      attributes.add(new Attribute("candidate", candidate.toString()));
    }
    if (ended) {
      attributes.add(Attribute.flag("end-of-candidates"));
    }
    attributes.addAll(section.attributes().list());
    return withDefault(section.withAttributes(new Attributes(attributes)));
  }

  /** The description as it was before {@link #addTo}, whichever candidates it shows. */
  static SessionDescription removeFrom(SessionDescription description) {
    return description.withMedia(
        description.media().stream().map(LocalCandidates::withoutCandidates).toList());
  }

  private static MediaDescription withoutCandidates(MediaDescription section) {
    if (section.port() == 0) {
      return section;
    }
    Attributes bare = section.attributes().without("candidate").without("end-of-candidates");
    return section.withAttributes(bare).withPort(9).withConnection(ConnectionData.UNKNOWN);
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
    boolean isName = address.indexOf(':') < 0 && !IPV4.matcher(address).matches();
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
