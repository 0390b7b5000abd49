package org.purertc.interop.browser;

import java.util.List;
import java.util.stream.Stream;

/** What a visitor of the transports page sees, in JavaScript; the same in each browser. */
final class TransportsPage {
  private static final List<String> KINDS =
      List.of(
          "http",
          "shortpolling",
          "longpolling",
          "eventstream",
          "websocket",
          "socketio",
          "datachannel");

  /** All of these come true after Start. */
  static final List<String> COMPARES =
      Stream.concat(
              KINDS.stream().flatMap(TransportsPage::measured),
              Stream.of(
                  // What each of them is for shows in the numbers.
                  number("requests", "http") + " >= 1.2",
                  number("requests", "longpolling") + " >= 1.1",
                  number("requests", "websocket") + " < 0.5",
                  number("requests", "datachannel") + " === 0",
                  number("bytes", "websocket") + " < " + number("bytes", "longpolling"),
                  number("bytes", "socketio") + " < " + number("bytes", "eventstream"),
                  number("latency", "websocket") + " < " + number("latency", "shortpolling")))
          .toList();

  private TransportsPage() {}

  private static Stream<String> measured(String kind) {
    return Stream.of(
        number("latency", kind) + " > 0",
        number("bytes", kind) + " > 50",
        number("requests", kind) + " >= 0",
        hasTwoPoints("latency", kind),
        hasTwoPoints("bytes", kind));
  }

  private static String number(String part, String kind) {
    return "parseFloat(document.getElementById('%s-%s').textContent.replace(',', ''))"
        .formatted(part, kind);
  }

  private static String hasTwoPoints(String plot, String line) {
    return "document.querySelector('#%s-plot [data-line=%s]').points.length >= 2"
        .formatted(plot, line);
  }
}
