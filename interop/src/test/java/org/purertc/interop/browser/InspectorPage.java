package org.purertc.interop.browser;

import java.util.List;
import java.util.stream.Stream;

/** What the inspector's page shows once there is a connection. */
final class InspectorPage {
  /** After Connect. */
  static final List<String> OF_THE_SERVER =
      ofBothEnds(
          "document.getElementById('connection-state').textContent === 'connected'",
          CallPage.shows("timeline", "java: signaling is stable"),
          CallPage.shows("timeline", "java: channel is echo"),
          CallPage.shows("transport-java", "connected, client"),
          CallPage.shows("transport-java", "\"echo\" open"));

  /** Of the member that {@code purertc join} is. */
  static final List<String> OF_JAVA_IN_A_CALL =
      ofBothEnds(
          CallPage.shows("connection-state", "Java: connected"),
          CallPage.shows("timeline", "browser → member: "),
          CallPage.shows("timeline", "member → browser: "),
          CallPage.shows("timeline", "browser: video comes in"),
          CallPage.shows("transport-java", "\"view\" open"),
          CallPage.shows("transport-java", "opus"),
          "!document.getElementById('save').disabled");

  private InspectorPage() {}

  /** Those, and what is there whoever the Java end is. */
  private static List<String> ofBothEnds(String... besides) {
    return Stream.concat(
            Stream.of(besides),
            Stream.of(
                CallPage.shows("timeline", "java: connection is connected"),
                CallPage.shows("sdp", "Hash of the DTLS certificate"),
                CallPage.shows("pairs-here", "selected"),
                CallPage.shows("pairs-java", "selected"),
                hasTwoPoints("rate", "here"),
                hasTwoPoints("rate", "java"),
                hasTwoPoints("rtt", "here"),
                hasTwoPoints("rtt", "java")))
        .toList();
  }

  private static String hasTwoPoints(String plot, String line) {
    return "document.querySelector('#%s-plot [data-line=%s]').points.length >= 2"
        .formatted(plot, line);
  }
}
