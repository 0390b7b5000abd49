package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.ExtmapAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.SessionDescription;

/**
 * The ids of header extensions. One keeps its meaning over the session (RFC 8285 section 6) and
 * means the same in all sections of a bundle (RFC 9143 section 9.1).
 */
final class ExtensionIds {

  /** RFC 8285 section 4.2: above it only two-byte headers can carry one; 15 is reserved there. */
  private static final int MAX_ONE_BYTE = 14;

  private static final int MAX = 255;

  private final Map<Integer, String> meanings = new HashMap<>();

  /** Ids of one offer, after what was negotiated. */
  ExtensionIds(@Nullable SessionDescription... negotiated) {
    for (SessionDescription description : negotiated) {
      if (description != null) {
        description.media().forEach(section -> learn(description, section));
      }
    }
  }

  private void learn(SessionDescription description, MediaDescription section) {
    if (MediaSections.isLive(description, section)) {
      section.attributes().extmaps().forEach(one -> meanings.putIfAbsent(one.id(), one.uri()));
    }
  }

  /**
   * Gives the extensions of an offered section their ids.
   *
   * @param before those that the section had; their ids stay
   */
  List<ExtmapAttribute> assign(List<HeaderExtension> wanted, List<ExtmapAttribute> before) {
    List<ExtmapAttribute> assigned = new ArrayList<>();
    for (HeaderExtension extension : wanted) {
      int id = choose(extension, before);
      if (id > 0) {
        meanings.put(id, extension.uri());
        assigned.add(new ExtmapAttribute(id, extension.uri()));
      }
    }
    return assigned;
  }

  private int choose(HeaderExtension extension, List<ExtmapAttribute> before) {
    String uri = extension.uri();
    for (ExtmapAttribute one : before) {
      if (one.uri().equals(uri) && uri.equals(meanings.get(one.id()))) {
        return one.id();
      }
    }
    int lowest = MAX + 1;
    for (Map.Entry<Integer, String> entry : meanings.entrySet()) {
      if (entry.getValue().equals(uri)) {
        lowest = Math.min(lowest, entry.getKey());
      }
    }
    if (lowest <= MAX) {
      return lowest;
    }
    return meanings.containsKey(extension.id()) ? free() : extension.id();
  }

  /** 0 when none is free. */
  private int free() {
    for (int id = 1; id <= MAX; id++) {
      if (id != MAX_ONE_BYTE + 1 && !meanings.containsKey(id)) {
        return id;
      }
    }
    return 0;
  }

  /**
   * What our answer accepts of an offered section.
   *
   * @param bundled what the ids mean in the offer's bundle, {@link #inBundle}
   */
  static List<ExtmapAttribute> accepted(
      MediaDescription offered, List<HeaderExtension> supported, Map<Integer, String> bundled) {
    List<ExtmapAttribute> accepted = new ArrayList<>();
    for (ExtmapAttribute one : offered.attributes().extmaps()) {
      boolean known = supported.stream().anyMatch(ours -> ours.uri().equals(one.uri()));
      boolean again = accepted.stream().anyMatch(other -> other.uri().equals(one.uri()));
      // aiortc bundles sections whose ids clash: the second meaning of an id is refused.
      if (known && !again && one.id() <= MAX && one.uri().equals(bundled.get(one.id()))) {
        MediaDirection direction = one.direction();
        accepted.add(
            new ExtmapAttribute(
                one.id(), direction == null ? null : direction.reversed(), one.uri(), ""));
      }
    }
    return accepted;
  }

  /** What ids mean in bundled sections: the first meaning counts, that of the mid before all. */
  static Map<Integer, String> inBundle(List<MediaDescription> sections) {
    Map<Integer, String> bundled = new HashMap<>();
    for (boolean mids : new boolean[] {true, false}) {
      for (MediaDescription section : sections) {
        for (ExtmapAttribute one : section.attributes().extmaps()) {
          if (!mids || one.uri().equals(MediaCapabilities.MID)) {
            bundled.putIfAbsent(one.id(), one.uri());
          }
        }
      }
    }
    return bundled;
  }
}
