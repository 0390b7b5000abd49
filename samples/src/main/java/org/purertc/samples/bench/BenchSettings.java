package org.purertc.samples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How all measurements of a command are done.
 *
 * @param options those of a measurement
 * @param callbacksOnLoop where handlers run
 * @param network between the ends, null: none
 * @param sharedPort where the ends of this process are in the case {@code idle}, null: ports of
 *     their own
 * @param runs how often each is measured
 */
record BenchSettings(
    Function<Measurement, BenchOptions> options,
    boolean callbacksOnLoop,
    @Nullable NetworkConditions network,
    @Nullable SharedPort sharedPort,
    int runs) {

  /**
   * One UDP port of all peers of this process.
   *
   * @param loops that its peers live on
   */
  record SharedPort(int number, int loops) {}

  BenchOptions options(Measurement measurement) {
    return options.apply(measurement);
  }

  /** What a child that plays {@code role} in this measurement is told. */
  List<String> childArguments(String role, Measurement measurement, BenchOptions with) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--role", role, "--loopback", "--case", measurement.benchCase().label()));
    if (with.sizeBytes() > 0) {
      option(arguments, "--size", with.sizeBytes());
    }
    option(arguments, "--high", with.highWaterBytes());
    option(arguments, "--warm", with.window().warmNs() / 1e9);
    option(arguments, "--secs", with.window().measureNs() / 1e9);
    option(arguments, "--unmeasured", with.rounds().unmeasured());
    option(arguments, "--count", with.rounds().count());
    option(arguments, "--loops", measurement.placement().loops());
    option(arguments, "--callbacks", callbacksOnLoop ? "loop" : "executor");
    return arguments;
  }

  private static void option(List<String> arguments, String name, Object value) {
    arguments.add(name);
    arguments.add(value.toString());
  }
}
