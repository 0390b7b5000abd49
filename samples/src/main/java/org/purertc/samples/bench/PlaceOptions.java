package org.purertc.samples.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.relay.RelayUnits;
import picocli.CommandLine.Option;

/** The options that say where the two ends are, and what is between them. */
final class PlaceOptions {
  private static final int LAST_PORT = 65_535;

  /** Where handlers run. */
  enum CallbackPlace {
    loop,
    executor
  }

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "1: both ends in one JVM; 2: one each (default: both are measured).")
  private @Nullable Integer processes;

  @Option(
      names = "--loops",
      paramLabel = "N",
      description = "Event loops of one JVM, 1 or 2 (default: both are measured).")
  private @Nullable Integer loops;

  @Option(
      names = "--callbacks",
      paramLabel = "PLACE",
      defaultValue = "loop",
      description = "Where handlers run: loop or executor (default: ${DEFAULT-VALUE}).")
  private CallbackPlace callbacks = CallbackPlace.loop;

  @Option(
      names = "--cold",
      description = "connect: only set-ups that are each the first one of a fresh JVM.")
  private boolean cold;

  @Option(
      names = "--rtt",
      paramLabel = "TIME",
      converter = RelayUnits.Duration.class,
      description = "Round trip of a relay between the ends, e.g. 50ms.")
  private @Nullable Long rttNs;

  @Option(
      names = "--loss",
      paramLabel = "SHARE",
      converter = RelayUnits.Percent.class,
      description = "What the relay loses, e.g. 1%%.")
  private @Nullable Double loss;

  @Option(
      names = "--udp-port",
      paramLabel = "PORT",
      description = "idle: all peers of this process on one UDP port, the others in a second one.")
  private @Nullable Integer udpPort;

  void check(ArgumentCheck check) {
    check.that(processes == null || processes == 1 || processes == 2, "--processes is 1 or 2");
    check.that(
        udpPort == null || udpPort >= 1 && udpPort <= LAST_PORT, "--udp-port is 1 to " + LAST_PORT);
    check.that(loops == null || loops == 1 || loops == 2, "--loops is 1 or 2");
  }

  boolean cold() {
    return cold;
  }

  boolean callbacksOnLoop() {
    return callbacks == CallbackPlace.loop;
  }

  /** What is between the ends; null: nothing. */
  @Nullable NetworkConditions network() {
    return rttNs == null && loss == null
        ? null
        : new NetworkConditions(rttNs == null ? 0 : rttNs, loss == null ? 0 : loss);
  }

  /** Where the peers of this process are; null: each has ports of its own. */
  BenchSettings.@Nullable SharedPort sharedPort() {
    return udpPort == null
        ? null
        : new BenchSettings.SharedPort(udpPort, loops == null ? 1 : loops);
  }

  /** Makes the peers of a process that plays a role. */
  PeerSource peers(boolean loopbackOnly) {
    return new PeerSource(loops == null ? 1 : loops, callbacksOnLoop(), loopbackOnly);
  }

  /** All measurements of a case that these options leave. */
  List<Measurement> measurements(BenchCase benchCase, List<Integer> sizes) {
    if (udpPort != null) {
      return benchCase == BenchCase.IDLE && network() == null
          ? List.of(new Measurement(benchCase, 0, Placement.TWO_PROCESSES, false))
          : List.of();
    }
    List<Placement> places = placements();
    List<Measurement> all = new ArrayList<>();
    if (!cold) {
      all.addAll(Measurement.of(benchCase, sizes, places));
    }
    if (benchCase == BenchCase.CONNECT && places.contains(Placement.ONE_LOOP)) {
      all.add(new Measurement(benchCase, 0, Placement.ONE_LOOP, true));
    }
    // A process of its own and calls, of which there are many, measure without the relay.
    all.removeIf(it -> network() != null && (it.freshJvm() || it.benchCase().echoesMedia()));
    return all;
  }

  private List<Placement> placements() {
    List<Placement> places = new ArrayList<>();
    if (processes == null || processes == 1) {
      if (loops == null || loops == 1) {
        places.add(Placement.ONE_LOOP);
      }
      if (loops == null || loops == 2) {
        places.add(Placement.TWO_LOOPS);
      }
    }
    if (processes == null ? loops == null : processes == 2) {
      places.add(Placement.TWO_PROCESSES);
    }
    return places;
  }
}
