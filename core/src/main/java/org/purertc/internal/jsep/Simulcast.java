package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SimulcastAttribute;
import org.purertc.sdp.SimulcastAttribute.Stream;

/** The restriction ids of simulcast, RFC 8853. */
final class Simulcast {

  private Simulcast() {}

  /** Those that the writer of the section is ready to receive. */
  static List<String> offeredRids(MediaDescription section) {
    SimulcastAttribute simulcast = section.attributes().simulcast();
    return simulcast == null ? List.of() : declared(section, simulcast.receive(), false);
  }

  /** Those that the writer of the section sends. */
  static List<String> sentRids(MediaDescription section) {
    SimulcastAttribute simulcast = section.attributes().simulcast();
    return simulcast == null ? List.of() : declared(section, simulcast.send(), true);
  }

  /** RFC 9429 section 5.2.1: of alternatives the first; RFC 8853: each has its a=rid line. */
  private static List<String> declared(
      MediaDescription section, List<List<Stream>> streams, boolean sends) {
    List<String> rids = new ArrayList<>();
    for (List<Stream> alternatives : streams) {
      String rid = alternatives.get(0).rid();
      boolean known =
          section.attributes().rids().stream()
              .anyMatch(one -> one.id().equals(rid) && one.sends() == sends);
      if (known && !rids.contains(rid)) {
        rids.add(rid);
      }
    }
    return rids;
  }
}
