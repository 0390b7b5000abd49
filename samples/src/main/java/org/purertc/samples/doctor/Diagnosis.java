package org.purertc.samples.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.purertc.samples.doctor.Observation.Bandwidth;
import org.purertc.samples.doctor.Observation.Nat;
import org.purertc.samples.doctor.Observation.Reach;
import org.purertc.samples.doctor.Observation.Relayed;
import org.purertc.samples.doctor.Observation.Server;
import org.purertc.samples.doctor.Observation.Stun;
import org.purertc.samples.doctor.Observation.Turn;

/** What follows from what was seen. */
final class Diagnosis {
  private static final int UNAUTHENTICATED = 401;

  private final Observation seen;
  private final List<Verdict> verdicts = new ArrayList<>();

  private Diagnosis(Observation seen) {
    this.seen = seen;
  }

  /** In the order in which a reader wants them: this machine, the way out, relays, the server. */
  static List<Verdict> of(Observation seen) {
    Diagnosis diagnosis = new Diagnosis(seen);
    diagnosis.addresses();
    seen.stun().forEach(diagnosis::stun);
    diagnosis.udp();
    diagnosis.nat();
    diagnosis.relays();
    diagnosis.server();
    return diagnosis.verdicts;
  }

  private void say(String key) {
    say(key, Map.of());
  }

  private void say(String key, Map<String, ?> values) {
    verdicts.add(Verdict.of(key, values));
  }

  private void addresses() {
    if (seen.addresses().isEmpty()) {
      say("addresses-none");
    } else {
      String all =
          seen.addresses().stream()
              .map(each -> each.address() + " (" + each.networkInterface() + ")")
              .collect(Collectors.joining(", "));
      say("addresses", Map.of("addresses", all));
    }
  }

  private void stun(Stun stun) {
    switch (stun.reach()) {
      case ANSWERS ->
          say(
              "stun-answers",
              Map.of(
                  "url",
                  stun.url(),
                  "ms",
                  stun.roundTripMs(),
                  "mapped",
                  Addresses.text(Objects.requireNonNull(stun.mapped()))));
      case SILENT -> say("stun-silent", Map.of("url", stun.url()));
      case UNKNOWN_HOST -> say("stun-unknown-host", Map.of("url", stun.url()));
    }
  }

  /**
   * UDP is open when a server elsewhere answers by it; blocked when one answers by another way
   * only.
   */
  private void udp() {
    boolean open = answeredByUdp().anyMatch(url -> !isHere(url));
    boolean here = answeredByUdp().anyMatch(this::isHere);
    boolean asked = !seen.stun().isEmpty() || seen.turn().stream().anyMatch(Diagnosis::isUdp);
    Optional<Turn> otherWay =
        seen.turn().stream()
            .filter(each -> !isUdp(each) && isReached(each))
            .filter(each -> !here || !isHere(each.url()))
            .findFirst();
    if (open) {
      say("udp-open");
    } else if (asked && otherWay.isPresent()) {
      say("udp-blocked", Map.of("protocol", protocol(otherWay.get())));
    } else if (here) {
      say("udp-here");
    } else {
      say(asked ? "udp-silent" : "udp-unknown");
    }
  }

  /** URLs of the servers that answered by UDP. */
  private Stream<String> answeredByUdp() {
    return Stream.of(
            seen.stun().stream().filter(it -> it.reach() == Reach.ANSWERS).map(Stun::url),
            seen.turn().stream().filter(it -> isUdp(it) && isReached(it)).map(Turn::url),
            Stream.ofNullable(seen.server()).filter(Diagnosis::isUdp).map(Server::url))
        .flatMap(urls -> urls);
  }

  private boolean isHere(String url) {
    return seen.thisMachine().contains(url);
  }

  private static boolean isUdp(Turn turn) {
    return turn.protocol().equals("udp");
  }

  private static boolean isUdp(Server server) {
    Bandwidth bandwidth = server.bandwidth();
    return bandwidth != null && bandwidth.protocol().equals("udp");
  }

  private static boolean isReached(Turn turn) {
    return turn.relayAddress() != null || turn.errorCode() != Turn.UNREACHABLE;
  }

  private static String protocol(Turn turn) {
    return turn.protocol().toUpperCase(Locale.ROOT);
  }

  private void nat() {
    Nat nat = seen.nat();
    if (nat == null) {
      return;
    }
    if (!nat.translated()) {
      say("nat-none");
    } else {
      String key =
          switch (nat.mapping()) {
            case ENDPOINT_INDEPENDENT -> "nat-friendly";
            case UNKNOWN -> "nat-unknown";
            case ADDRESS_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT, DEPENDENT -> "nat-hard";
          };
      say(key, Map.of("mapping", nat.mapping().words()));
    }
    if (nat.filtering() == NatBehaviour.UNKNOWN) {
      say("filtering-unknown");
    } else {
      say("filtering", Map.of("filtering", nat.filtering().words()));
    }
  }

  private void relays() {
    if (seen.turn().isEmpty()) {
      say("turn-none");
      return;
    }
    seen.turn().forEach(this::turn);
    if (seen.turn().stream().allMatch(each -> each.relayAddress() == null)) {
      say("relay-none");
    }
  }

  private void turn(Turn turn) {
    String address = turn.relayAddress();
    say(
        key(turn),
        Map.of(
            "url",
            turn.url(),
            "protocol",
            protocol(turn),
            "address",
            address == null ? "" : address,
            "ms",
            turn.ms(),
            "code",
            turn.errorCode(),
            "error",
            turn.errorText()));
    seen.relayed().stream().filter(it -> it.url().equals(turn.url())).forEach(this::relayed);
  }

  private void relayed(Relayed relayed) {
    Map<String, Object> values = new HashMap<>();
    values.put("url", relayed.url());
    values.put("protocol", relayed.protocol().toUpperCase(Locale.ROOT));
    Bandwidth bandwidth = relayed.bandwidth();
    if (bandwidth != null) {
      values.putAll(figures(bandwidth));
    }
    boolean isUdp = relayed.protocol().equals("udp");
    say(
        switch (relayed.passage()) {
          case DIRECT -> "relay-carries";
          case BETWEEN_RELAYS -> isUdp ? "relay-ports" : "relay-carries";
          case NONE -> "relay-silent";
        },
        values);
  }

  private static String key(Turn turn) {
    if (turn.relayAddress() != null) {
      return "turn-works";
    }
    if (!turn.asked()) {
      return "turn-also";
    }
    if (turn.errorCode() == UNAUTHENTICATED) {
      return "turn-wrong-credentials";
    }
    if (turn.errorCode() != Turn.UNREACHABLE) {
      return "turn-refused";
    }
    return turn.errorText().contains("TLS") ? "turn-certificate" : "turn-unreachable";
  }

  private void server() {
    Server server = seen.server();
    if (server == null) {
      return;
    }
    String reason = server.reason() == null ? "no reason is known" : server.reason();
    if (!server.reached()) {
      say("server-unreachable", Map.of("url", server.url(), "reason", reason));
      return;
    }
    say("server-reached", Map.of("url", server.url()));
    Bandwidth bandwidth = server.bandwidth();
    if (bandwidth == null) {
      say("bandwidth-none", Map.of("reason", reason));
    } else {
      say("bandwidth", figures(bandwidth));
    }
  }

  private static Map<String, String> figures(Bandwidth bandwidth) {
    return Map.of(
        "rate",
        String.format(Locale.ROOT, "%.1f Mbit/s", bandwidth.bitsPerSecond() / 1e6),
        "ms",
        String.format(Locale.ROOT, "%.1f", bandwidth.roundTripMs()),
        "path",
        bandwidth.path());
  }
}
