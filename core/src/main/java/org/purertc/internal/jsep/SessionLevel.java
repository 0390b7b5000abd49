package org.purertc.internal.jsep;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.ConnectionData;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.Origin;
import org.purertc.sdp.SessionDescription;

/** The lines before the first section, RFC 9429 section 5.2.1. */
final class SessionLevel {

  private SessionLevel() {}

  /**
   * @param bundles the mids of each BUNDLE group
   */
  static SessionDescription of(
      JsepConfiguration configuration,
      long version,
      List<List<String>> bundles,
      boolean mixedExtmap) {
    // RFC 9429 section 5.2.1 allows any address; 127.0.0.1 gives nothing away.
    ConnectionData address = ConnectionData.ofAddress("127.0.0.1");
    Origin origin =
        new Origin(
            "-", String.valueOf(configuration.sessionId()), String.valueOf(version), address);
    SessionDescription session = SessionDescription.of(origin);
    if (configuration.iceLite()) {
      session = session.with("ice-lite", null);
    }
    for (List<String> mids : bundles) {
      session = session.with("group", "BUNDLE " + String.join(" ", mids));
    }
    if (mixedExtmap) {
      session = session.with("extmap-allow-mixed", null);
    }
    return session.with("msid-semantic", " WMS");
  }

  /** The mids of all sections. */
  static Set<String> mids(@Nullable SessionDescription... descriptions) {
    Set<String> used = new HashSet<>();
    for (SessionDescription description : descriptions) {
      if (description != null) {
        for (MediaDescription section : description.media()) {
          String mid = section.mid();
          if (mid != null) {
            used.add(mid);
          }
        }
      }
    }
    return used;
  }

  /** The first number that is no mid yet; it is one now. */
  static String newMid(Set<String> used) {
    int number = 0;
    while (!used.add(String.valueOf(number))) {
      number++;
    }
    return String.valueOf(number);
  }
}
