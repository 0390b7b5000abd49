package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.FormatParameters;

/** Which codecs of two sides are the same, and what both agree on. */
final class CodecMatching {
  private static final String TELEPHONE_EVENT = "audio/telephone-event";

  /** The same format as each side wrote it. */
  record Agreed(Codec local, Codec remote) {}

  private CodecMatching() {}

  /** Whether two codecs, neither of them rtx, are one format whatever their payload types. */
  static boolean same(Codec one, Codec other) {
    if (!one.mimeType().equalsIgnoreCase(other.mimeType())
        || one.clockRate() != other.clockRate()
        || one.channels() != other.channels()) {
      return false;
    }
    if (one.fmtp().equals(other.fmtp())) {
      return true;
    }
    return switch (one.mimeType().toLowerCase(Locale.ROOT)) {
      case "video/h264" ->
          sameH264(FormatParameters.of(one.fmtp()), FormatParameters.of(other.fmtp()));
      // RFC 9628 section 7.2: absent means 0. AV1 RTP section 7.2.1: the same.
      case "video/vp9" -> sameNumber("profile-id", one, other);
      case "video/av1" -> sameNumber("profile", one, other);
      default -> true;
    };
  }

  private static boolean sameNumber(String name, Codec one, Codec other) {
    return FormatParameters.of(one.fmtp()).number(name, 0)
        == FormatParameters.of(other.fmtp()).number(name, 0);
  }

  /** RFC 6184 section 8.2.2: packetization mode and profile are one, the level is not. */
  private static boolean sameH264(FormatParameters a, FormatParameters b) {
    if (a.number("packetization-mode", 0) != b.number("packetization-mode", 0)) {
      return false;
    }
    H264Profile one = H264Profile.of(a);
    H264Profile other = H264Profile.of(b);
    return one != null && other != null && one.isSameProfile(other);
  }

  /** The codec that is the same, one of the same payload type before others; null without. */
  static @Nullable Codec find(Codec wanted, List<Codec> in) {
    Codec found = null;
    for (Codec codec : in) {
      if (!codec.isRtx() && same(codec, wanted)) {
        if (codec.payloadType() == wanted.payloadType()) {
          return codec;
        }
        found = found == null ? codec : found;
      }
    }
    return found;
  }

  /**
   * What our answer accepts of an offered section, with the offer's payload types.
   *
   * @param preferences W3C's setCodecPreferences; empty for the offer's order
   */
  static List<Codec> accepted(List<Codec> offered, List<Codec> supported, List<Codec> preferences) {
    List<Codec> accepted = new ArrayList<>();
    for (Codec offer : offered) {
      Codec ours = offer.isRtx() ? null : find(offer, supported);
      if (ours != null && (preferences.isEmpty() || find(offer, preferences) != null)) {
        accepted.add(answer(offer, ours));
      }
    }
    if (!preferences.isEmpty()) {
      accepted = inOrderOf(preferences, accepted);
    }
    removeLoneEvents(accepted);
    boolean repairs = preferences.isEmpty() || preferences.stream().anyMatch(Codec::isRtx);
    return repairs ? withRtx(accepted, offered, supported) : accepted;
  }

  private static List<Codec> inOrderOf(List<Codec> preferences, List<Codec> codecs) {
    List<Codec> ordered = new ArrayList<>();
    for (Codec preferred : preferences) {
      for (Codec codec : codecs) {
        if (!preferred.isRtx() && same(codec, preferred) && !ordered.contains(codec)) {
          ordered.add(codec);
        }
      }
    }
    return ordered;
  }

  /** RFC 4733 section 2.5.1.1: events use the clock of the audio that they stand beside. */
  static void removeLoneEvents(List<Codec> codecs) {
    Set<Integer> rates = new HashSet<>();
    codecs.stream().filter(codec -> !isEvent(codec)).forEach(codec -> rates.add(codec.clockRate()));
    codecs.removeIf(codec -> isEvent(codec) && !rates.contains(codec.clockRate()));
  }

  private static boolean isEvent(Codec codec) {
    return codec.mimeType().equalsIgnoreCase(TELEPHONE_EVENT);
  }

  private static List<Codec> withRtx(
      List<Codec> accepted, List<Codec> offered, List<Codec> supported) {
    List<Codec> all = new ArrayList<>();
    for (Codec codec : accepted) {
      all.add(codec);
      Codec rtx = SectionCodecs.rtxOf(codec, offered);
      Codec ours = find(codec, supported);
      if (rtx != null && ours != null && SectionCodecs.rtxOf(ours, supported) != null) {
        all.add(withFmtp(rtx, "apt=" + codec.payloadType(), List.of()));
      }
    }
    return all;
  }

  private static Codec answer(Codec offer, Codec ours) {
    List<String> feedback = new ArrayList<>(offer.feedback());
    feedback.retainAll(ours.feedback());
    String fmtp = ours.fmtp();
    if (ours.mimeType().equalsIgnoreCase("video/H264")) {
      fmtp = answerH264(FormatParameters.of(offer.fmtp()), FormatParameters.of(ours.fmtp()));
    }
    return withFmtp(offer, fmtp, feedback);
  }

  /** RFC 6184 section 8.2.2: an asymmetric level needs both sides' consent. */
  private static String answerH264(FormatParameters offer, FormatParameters ours) {
    H264Profile offered = H264Profile.of(offer);
    H264Profile supported = H264Profile.of(ours);
    if (offered == null || supported == null) {
      throw new IllegalStateException("matched without a profile");
    }
    boolean asymmetric = offer.number("level-asymmetry-allowed", 0) == 1;
    H264Profile answered =
        asymmetric ? offered.withLevelOf(supported) : offered.withLowerLevel(supported);
    return (asymmetric ? "level-asymmetry-allowed=1;" : "")
        + "packetization-mode="
        + offer.number("packetization-mode", 0)
        + ";profile-level-id="
        + answered;
  }

  private static Codec withFmtp(Codec codec, String fmtp, List<String> feedback) {
    return new Codec(
        codec.mimeType(), codec.payloadType(), codec.clockRate(), codec.channels(), fmtp, feedback);
  }

  /** What offer and answer have in common, in the answer's order; each rtx behind its codec. */
  static List<Agreed> agreed(List<Codec> offer, List<Codec> answer, boolean answerIsLocal) {
    List<Agreed> agreed = new ArrayList<>();
    for (Codec answered : answer) {
      Codec offered = answered.isRtx() ? null : find(answered, offer);
      if (offered == null) {
        continue;
      }
      agreed.add(pair(offered, answered, answerIsLocal));
      Codec offeredRtx = SectionCodecs.rtxOf(offered, offer);
      Codec answeredRtx = SectionCodecs.rtxOf(answered, answer);
      if (offeredRtx != null && answeredRtx != null) {
        agreed.add(pair(offeredRtx, answeredRtx, answerIsLocal));
      }
    }
    return agreed;
  }

  private static Agreed pair(Codec offered, Codec answered, boolean answerIsLocal) {
    return answerIsLocal ? new Agreed(answered, offered) : new Agreed(offered, answered);
  }
}
