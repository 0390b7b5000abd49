package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.ConnectionData;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.Origin;
import org.purertc.sdp.SessionDescription;
import org.purertc.sdp.SetupRole;

/** Writes offers (RFC 9429 section 5.2) and answers (section 5.3), without candidates. */
final class LocalDescriptions {
  private final LocalTransport local;
  private final long sessionId;

  LocalDescriptions(LocalTransport local, long sessionId) {
    this.local = local;
    this.sessionId = sessionId;
  }

  /**
   * @param stable the state of the last negotiation
   * @param wantsData whether an application section is needed
   */
  SessionDescription offer(NegotiationState stable, boolean wantsData, long version) {
    SessionDescription current = stable.currentLocal();
    List<MediaDescription> before = current == null ? List.of() : current.media();
    List<MediaDescription> media = new ArrayList<>();
    // Null also when our section was rejected.
    String mid = stable.dataMid();
    int live = current == null || mid == null ? -1 : DataSection.indexIn(current);
    for (int i = 0; i < before.size(); i++) {
      MediaDescription section = before.get(i);
      if (i == live) {
        // RFC 8842 section 5.5: actpass also in later offers; the association keeps its roles.
        media.add(DataSection.of(local, section, mid, SetupRole.ACTPASS));
      } else if (wantsData && mid == null && section.media().equals("application")) {
        // RFC 9429 section 5.2.2: a rejected section is used anew, with a new mid.
        mid = newMid(current, stable.currentRemote());
        media.add(DataSection.of(local, DataSection.NEW, mid, SetupRole.ACTPASS));
      } else {
        media.add(DataSection.rejected(section));
      }
    }
    if (wantsData && mid == null) {
      mid = newMid(current, stable.currentRemote());
      media.add(DataSection.of(local, DataSection.NEW, mid, SetupRole.ACTPASS));
    }
    return session(version, mid, true).withMedia(media);
  }

  /**
   * @param role {@link SetupRole#ACTIVE} or {@link SetupRole#PASSIVE}
   */
  SessionDescription answer(SessionDescription offer, SetupRole role, long version) {
    int data = DataSection.indexIn(offer);
    List<MediaDescription> media = new ArrayList<>();
    String bundled = null;
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription section = offer.media().get(i);
      if (i == data) {
        media.add(DataSection.of(local, section, section.mid(), role));
        // RFC 9143 section 7.3: without the sections that are rejected, so that this one is tagged.
        bundled = offer.bundleOf(section) == null ? null : section.mid();
      } else {
        media.add(DataSection.rejected(section));
      }
    }
    return session(version, bundled, allowsMixedExtmap(offer)).withMedia(media);
  }

  private SessionDescription session(long version, @Nullable String bundled, boolean mixedExtmap) {
    // RFC 9429 section 5.2.1 allows any address; 127.0.0.1 gives nothing away.
    ConnectionData address = ConnectionData.ofAddress("127.0.0.1");
    Origin origin = new Origin("-", String.valueOf(sessionId), String.valueOf(version), address);
    SessionDescription session = SessionDescription.of(origin);
    if (bundled != null) {
      session = session.with("group", "BUNDLE " + bundled);
    }
    if (mixedExtmap) {
      session = session.with("extmap-allow-mixed", null);
    }
    return session.with("msid-semantic", " WMS");
  }

  /** RFC 8285 section 6: only what the offer had may be in the answer. */
  private static boolean allowsMixedExtmap(SessionDescription offer) {
    return offer.attributes().allowsMixedExtmap()
        || offer.media().stream().anyMatch(section -> section.attributes().allowsMixedExtmap());
  }

  /** The first number that is no mid in any of the descriptions. */
  static String newMid(@Nullable SessionDescription... descriptions) {
    Set<String> used = new HashSet<>();
    for (SessionDescription description : descriptions) {
      if (description != null) {
        used.addAll(
            description.media().stream()
                .map(MediaDescription::mid)
                .filter(Objects::nonNull)
                .toList());
      }
    }
    int number = 0;
    while (used.contains(String.valueOf(number))) {
      number++;
    }
    return String.valueOf(number);
  }
}
