package org.purertc.sdp;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The grammar of those attributes that are read as a type. */
final class AttributeGrammar {

  /** Attributes that have no value. */
  private static final Set<String> FLAGS =
      Set.of(
          "ice-lite",
          "end-of-candidates",
          "extmap-allow-mixed",
          "rtcp-mux",
          "rtcp-rsize",
          "bundle-only",
          "sendrecv",
          "sendonly",
          "recvonly",
          "inactive");

  /** Attributes that say something once in a section. */
  static final Set<String> SINGLE =
      Set.of("ice-ufrag", "ice-pwd", "setup", "mid", "sctp-port", "max-message-size", "tls-id");

  private AttributeGrammar() {}

  static void check(String name, @Nullable String value) {
    if (FLAGS.contains(name)) {
      if (value != null) {
        throw new IllegalArgumentException("a=" + name + " takes no value");
      }
      return;
    }
    switch (name) {
      case "candidate" -> CandidateAttribute.of(present(name, value));
      case "fingerprint" -> FingerprintAttribute.of(present(name, value));
      case "group" -> GroupAttribute.of(present(name, value));
      case "setup" -> SetupRole.of(present(name, value));
      case "rtcp" -> RtcpAttribute.of(present(name, value));
      case "sctpmap" -> SctpMapAttribute.of(present(name, value));
      case "msid-semantic" -> MsidSemanticAttribute.of(present(name, value));
      case "max-message-size" -> Syntax.checkDigits(present(name, value), "maximum message size");
      default -> checkMedia(name, value);
    }
  }

  /** The attributes of audio and video. */
  private static void checkMedia(String name, @Nullable String value) {
    switch (name) {
      case "rtpmap" -> RtpMapAttribute.of(present(name, value));
      case "fmtp" -> FmtpAttribute.of(present(name, value));
      case "rtcp-fb" -> RtcpFeedbackAttribute.of(present(name, value));
      case "extmap" -> ExtmapAttribute.of(present(name, value));
      case "msid" -> MsidAttribute.of(present(name, value));
      case "ssrc" -> SsrcAttribute.of(present(name, value));
      case "ssrc-group" -> SsrcGroupAttribute.of(present(name, value));
      case "rid" -> RidAttribute.of(present(name, value));
      case "simulcast" -> SimulcastAttribute.of(present(name, value));
      case "ptime", "maxptime" -> Syntax.milliseconds(present(name, value), name);
      default -> checkWords(name, value);
    }
  }

  private static void checkWords(String name, @Nullable String value) {
    switch (name) {
      // RFC 8839 section 5.4: 24 bits of a ufrag are 4 characters, 128 bits of a password are 22.
      case "ice-ufrag" -> Syntax.checkIceChars(present(name, value), 4, 256, "ice-ufrag");
      case "ice-pwd" -> Syntax.checkIceChars(present(name, value), 22, 256, "ice-pwd");
      case "ice-options" -> Syntax.fields(present(name, value));
      case "mid" -> Syntax.checkToken(present(name, value), "mid");
      // RFC 8841 section 5.1: 0 to 65535.
      case "sctp-port" -> Syntax.number(present(name, value), 0, 65_535, "SCTP port");
      // RFC 8842 section 4 wants 20 characters; a shorter one is as clear.
      case "tls-id" -> Syntax.checkWord(present(name, value), "tls-id");
      default -> {}
    }
  }

  private static String present(String name, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException("a=" + name + " needs a value");
    }
    return value;
  }
}
