package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

/**
 * The payload types of one offer. A type keeps its meaning over the session (RFC 3264 section
 * 8.3.2) and means the same in all sections of a bundle (RFC 9143 section 9.1).
 */
final class PayloadTypes {
  private static final int FIRST_DYNAMIC = 96;
  private static final int LAST = 127;

  /** RFC 5761 section 4: 64 to 95 look like RTCP; browsers take 35 to 63 when the rest is full. */
  private static final int FIRST_SPARE = 35;

  private static final int LAST_SPARE = 63;

  /** What a payload type means; an rtx format counts with what it repairs. */
  private final Map<Integer, Codec> meanings = new HashMap<>();

  PayloadTypes(@Nullable SessionDescription... negotiated) {
    for (SessionDescription description : negotiated) {
      if (description != null) {
        for (MediaDescription section : description.media()) {
          learn(description, section);
        }
      }
    }
  }

  private void learn(SessionDescription description, MediaDescription section) {
    if (MediaSections.kindOf(section) != null && MediaSections.isLive(description, section)) {
      SectionCodecs.read(section)
          .forEach(codec -> meanings.putIfAbsent(codec.payloadType(), codec));
    }
  }

  /**
   * Gives the codecs of a section their types.
   *
   * @param wanted in their order, with the types that they have when all is free
   * @param before those that the section had; their types stay
   */
  List<Codec> assign(List<Codec> wanted, List<Codec> before) {
    List<Codec> assigned = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    for (Codec codec : wanted) {
      if (codec.isRtx()) {
        continue;
      }
      Codec numbered = number(codec, CodecMatching.find(codec, before), taken);
      if (numbered == null) {
        continue; // all types are taken
      }
      assigned.add(numbered);
      Codec rtx = SectionCodecs.rtxOf(codec, wanted);
      Codec numberedRtx = rtx == null ? null : numberRtx(rtx, numbered, before, taken);
      if (numberedRtx != null) {
        assigned.add(numberedRtx);
      }
    }
    return assigned;
  }

  private @Nullable Codec number(Codec codec, @Nullable Codec before, Set<Integer> taken) {
    List<Integer> choices = new ArrayList<>();
    if (before != null) {
      choices.add(before.payloadType());
    }
    meanings.forEach(
        (type, meaning) -> {
          if (!meaning.isRtx() && CodecMatching.same(meaning, codec)) {
            choices.add(type);
          }
        });
    choices.add(codec.payloadType());
    return take(codec, choices, taken);
  }

  private @Nullable Codec numberRtx(
      Codec rtx, Codec repaired, List<Codec> before, Set<Integer> taken) {
    Codec wanted = withType(rtx, rtx.payloadType(), "apt=" + repaired.payloadType());
    List<Integer> choices = new ArrayList<>();
    Codec old = SectionCodecs.rtxOf(repaired, before);
    if (old != null) {
      choices.add(old.payloadType());
    }
    meanings.forEach(
        (type, meaning) -> {
          if (isSame(meaning, wanted)) {
            choices.add(type);
          }
        });
    choices.add(rtx.payloadType());
    return take(wanted, choices, taken);
  }

  private @Nullable Codec take(Codec codec, List<Integer> choices, Set<Integer> taken) {
    for (int type = FIRST_DYNAMIC; type <= LAST; type++) {
      choices.add(type);
    }
    for (int type = FIRST_SPARE; type <= LAST_SPARE; type++) {
      choices.add(type);
    }
    for (int type : choices) {
      Codec meaning = meanings.get(type);
      if (!taken.contains(type) && (meaning == null || isSame(meaning, codec))) {
        Codec numbered = withType(codec, type, codec.fmtp());
        taken.add(type);
        meanings.put(type, numbered);
        return numbered;
      }
    }
    return null;
  }

  private static boolean isSame(Codec one, Codec other) {
    if (one.isRtx() || other.isRtx()) {
      return one.isRtx()
          && other.isRtx()
          && one.clockRate() == other.clockRate()
          && one.repairedType() == other.repairedType();
    }
    return CodecMatching.same(one, other);
  }

  private static Codec withType(Codec codec, int type, String fmtp) {
    return new Codec(
        codec.mimeType(), type, codec.clockRate(), codec.channels(), fmtp, codec.feedback());
  }
}
