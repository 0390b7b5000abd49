package org.purertc.sdp;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An {@code a=} line, RFC 8866 section 5.13: its text, exactly.
 *
 * <p>An attribute that {@link Attributes} reads as a type is checked here, so a value in hand is
 * always readable; every other attribute is any text.
 *
 * @param value what follows the colon; null when there is no colon
 */
public record Attribute(String name, @Nullable String value) {

  private static final Map<String, String> USUAL_NAMES =
      Stream.of(
              "candidate",
              "end-of-candidates",
              "extmap",
              "extmap-allow-mixed",
              "fingerprint",
              "fmtp",
              "group",
              "ice-options",
              "ice-pwd",
              "ice-ufrag",
              "inactive",
              "max-message-size",
              "mid",
              "msid",
              "msid-semantic",
              "recvonly",
              "rtcp",
              "rtcp-fb",
              "rtcp-mux",
              "rtcp-rsize",
              "rtpmap",
              "sctp-port",
              "sendonly",
              "sendrecv",
              "setup",
              "ssrc",
              "ssrc-group")
          .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

  /**
   * @throws IllegalArgumentException when the text does not follow the attribute's grammar
   */
  public Attribute {
    Syntax.checkToken(name, "attribute name");
    if (value != null) {
      Syntax.checkText(value);
    }
    AttributeGrammar.check(name, value);
  }

  /** An attribute without a value. */
  public static Attribute flag(String name) {
    return new Attribute(name, null);
  }

  static Attribute of(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Attribute(canonical(text), null)
        : new Attribute(canonical(text.substring(0, colon)), text.substring(colon + 1));
  }

  /** Descriptions are kept as long as their connection: each usual name is in memory once. */
  private static String canonical(String name) {
    return USUAL_NAMES.getOrDefault(name, name);
  }

  /** Without {@code a=}. */
  @Override
  public String toString() {
    return value == null ? name : name + ":" + value;
  }
}
