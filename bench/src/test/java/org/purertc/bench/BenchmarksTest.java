package org.purertc.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Calls each benchmark once, so that none of them rots between measurements. */
class BenchmarksTest {

  @Test
  void eachRuns() throws RunnerException {
    Options once =
        new OptionsBuilder()
            .include("org\\.purertc\\.bench\\..*")
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(once).run();
    Set<String> benchmarks = new HashSet<>();
    results.forEach(result -> benchmarks.add(result.getParams().id()));
    assertThat(benchmarks).hasSize(2 * 3 * 2 + 2 * 2 + 3 + 2 * 2 + 4 * 3 + 3 + 1);
  }
}
