package org.purertc.samples.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how large, how long and how often. */
final class TrafficOptions {
  /** Messages of at most this size count as small: their default backlog is smaller. */
  private static final int SMALL_BYTES = 1_024;

  private static final int LARGEST_MESSAGE_BYTES = 256 << 10;
  private static final int MOST_ROUNDS = 10_000_000;
  private static final double LONGEST_SECONDS = 3_600;

  @Option(names = "--size", paramLabel = "BYTES", description = "Bytes of a message or frame.")
  private @Nullable Integer sizeBytes;

  @Option(
      names = "--warm",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Seconds before measuring (default: ${DEFAULT-VALUE}).")
  private double warmSeconds;

  @Option(
      names = "--secs",
      paramLabel = "SECONDS",
      description = "Seconds of measuring (default: 10; idle 5).")
  private @Nullable Double measureSeconds;

  @Option(
      names = {"--count", "--pairs"},
      paramLabel = "N",
      description =
          "Round trips (default: 3000), set-ups (30; 10 in fresh JVMs), idle pairs (1000)"
              + " or calls (audio 20, video 4).")
  private @Nullable Integer count;

  @Option(
      names = "--unmeasured",
      paramLabel = "N",
      description = "So many before those (default: 200 round trips, 3 set-ups, 100 pairs).")
  private @Nullable Integer unmeasured;

  @Option(
      names = "--high",
      paramLabel = "BYTES",
      description = "Bytes that may wait in the channel (default: 4 MiB; small messages 256 KiB).")
  private @Nullable Long highWaterBytes;

  void check(ArgumentCheck check) {
    check.that(
        sizeBytes == null || sizeBytes >= 1 && sizeBytes <= LARGEST_MESSAGE_BYTES,
        "--size is 1 to " + LARGEST_MESSAGE_BYTES);
    check.that(warmSeconds >= 0 && warmSeconds <= LONGEST_SECONDS, "--warm is 0 to 3600");
    check.that(
        measureSeconds == null || measureSeconds > 0 && measureSeconds <= LONGEST_SECONDS,
        "--secs is above 0, at most 3600");
    check.that(
        count == null || count >= 1 && count <= MOST_ROUNDS,
        "--count and --pairs are 1 to " + MOST_ROUNDS);
    check.that(
        unmeasured == null || unmeasured >= 0 && unmeasured <= MOST_ROUNDS,
        "--unmeasured is 0 to " + MOST_ROUNDS);
    check.that(highWaterBytes == null || highWaterBytes >= 1, "--high is 1 or more");
  }

  /** Bytes of a message, one measurement each. */
  List<Integer> sizes(BenchCase benchCase) {
    boolean sized = benchCase.sendsMessages() || benchCase.echoesMedia();
    return sizeBytes != null && sized ? List.of(sizeBytes) : benchCase.sizes();
  }

  BenchOptions of(Measurement measurement) {
    BenchCase benchCase = measurement.benchCase();
    int size = measurement.sizeBytes();
    double seconds = measureSeconds != null ? measureSeconds : benchCase.standardSeconds();
    long high = highWaterBytes != null ? highWaterBytes : size <= SMALL_BYTES ? 256 << 10 : 4 << 20;
    return new BenchOptions(
        size,
        high,
        new BenchOptions.Window((long) (warmSeconds * 1e9), (long) (seconds * 1e9)),
        new BenchOptions.Rounds(
            unmeasured != null ? unmeasured : benchCase.standardUnmeasured(),
            count != null ? count : benchCase.standardCount(measurement.cold())));
  }
}
