package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.relay.BadNetwork;
import org.purertc.samples.terminal.CommandFailure;

/** Measurements one after the other, each with its cost and what else the machine did. */
final class BenchSuite {
  private static final long CEILING_NS = 1_000_000_000;

  private final BenchSettings settings;
  private final Consumer<ObjectNode> results;

  BenchSuite(BenchSettings settings, Consumer<ObjectNode> results) {
    this.settings = settings;
    this.results = results;
  }

  void run(List<Measurement> measurements) throws IOException, InterruptedException {
    double ceiling = settings.network() == null ? 0 : BadNetwork.ceiling(CEILING_NS);
    for (Measurement measurement : measurements) {
      List<ObjectNode> runs = new ArrayList<>();
      for (int i = 0; i < settings.runs(); i++) {
        runs.add(measurement.freshJvm() ? inFreshJvm(measurement) : here(measurement));
      }
      ObjectNode result = Medians.of(runs);
      describe(result, measurement);
      NetworkConditions network = settings.network();
      if (network != null) {
        result.put("rttMs", network.rttNs() / 1e6).put("lossPercent", network.loss() * 100);
        result.put("relayCeilingPerSecond", Math.round(ceiling));
      }
      results.accept(result);
    }
  }

  private void describe(ObjectNode result, Measurement measurement) {
    result.put("placement", measurement.placement().label());
    result.put("callbacks", settings.callbacksOnLoop() ? "loop" : "executor");
    if (measurement.benchCase() == BenchCase.CONNECT) {
      result.put("mode", measurement.cold() ? "cold" : "warm");
    }
  }

  private ObjectNode here(Measurement measurement) throws IOException, InterruptedException {
    BenchOptions options = settings.options(measurement);
    try (PeerSource peers = peers(measurement);
        ChildProcess child = child(measurement, options)) {
      UsedWindow window = new UsedWindow(child == null ? null : child.handle());
      BenchRun run =
          new BenchRun(
              new BenchPlace(peers, settings.network()),
              measurement.benchCase(),
              options,
              new BenchOutput(window));
      ObjectNode result = child == null ? run.both() : run.withChild(child);
      window.describe(result);
      return result;
    }
  }

  private PeerSource peers(Measurement measurement) {
    BenchSettings.SharedPort shared = settings.sharedPort();
    boolean onLoop = settings.callbacksOnLoop();
    return measurement.isCrowd() && shared != null
        ? PeerSource.onOnePort(shared.number(), shared.loops(), onLoop)
        : new PeerSource(measurement.placement().loops(), onLoop, true);
  }

  private @Nullable ChildProcess child(Measurement measurement, BenchOptions options)
      throws IOException {
    if (measurement.placement() != Placement.TWO_PROCESSES) {
      return null;
    }
    String role = measurement.benchCase() == BenchCase.PINGPONG ? "answer" : "offer";
    return ChildProcess.start(settings.childArguments(role, measurement, options));
  }

  private ObjectNode inFreshJvm(Measurement measurement) throws IOException {
    BenchOptions options = settings.options(measurement);
    List<String> arguments = settings.childArguments("both", measurement, options);
    if (!measurement.cold()) {
      // What a pair needs would drown in what a larger collector leaves lying.
      return resultOf(ChildProcess.startSmall(arguments));
    }
    arguments.add("--cold");
    List<ObjectNode> starts = new ArrayList<>();
    for (int i = 0; i < options.rounds().count(); i++) {
      starts.add(resultOf(ChildProcess.start(arguments)));
    }
    return ColdStart.distribution(starts);
  }

  private static ObjectNode resultOf(ChildProcess started) throws IOException {
    try (ChildProcess child = started) {
      for (JsonNode node = child.next(); node != null; node = child.next()) {
        if (node instanceof ObjectNode result && node.path("type").asText().equals("result")) {
          return result;
        }
      }
      throw new CommandFailure("the process of its own ended without a result");
    }
  }
}
