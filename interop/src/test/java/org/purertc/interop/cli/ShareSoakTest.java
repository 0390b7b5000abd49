package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.interop.cli.ShareFolder.send;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One sender, and receivers that come, finish, leave, die or know the wrong secret, for twenty
 * minutes ({@code -Dsoak.minutes}): what the sender holds does not grow. The measurements are in
 * {@code target/soak}.
 */
@Tag("long")
class ShareSoakTest {
  private static final int KINDS = 4;
  private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("soak.minutes", 20));

  @TempDir Path temporary;

  @Test
  void whatTheSenderHoldsDoesNotGrow() throws IOException {
    long seed = System.nanoTime();
    System.out.println("soak: seed " + seed);
    Random random = new Random(seed);
    ShareFolder folder = new ShareFolder(temporary);
    Path file = folder.file("data.bin", 20_000_000);
    SoakLog log = new SoakLog(Path.of("target", "soak"));
    long end = System.nanoTime() + LENGTH.toNanos();
    try (Program sender = send(file, "--many", "--json")) {
      String link = sender.await("\"url\":\"([^\"]+)\"").group(1);
      while (System.nanoTime() < end) {
        visit(folder, link, random);
        log.sample(sender.pid());
      }
      assertThat(sender.isRunning()).isTrue();
      assertThat(sender.err()).isEmpty();
    }
    log.write();
    assertThat(log.growth(SoakLog.HEAP_KB)).as("heap in kB, %s", seed).isLessThan(2_000);
    assertThat(log.growth(SoakLog.THREADS)).as("threads, %s", seed).isLessThan(3);
    assertThat(log.growth(SoakLog.DESCRIPTORS)).as("descriptors, %s", seed).isLessThan(5);
  }

  private static void visit(ShareFolder folder, String link, Random random) throws IOException {
    int kind = random.nextInt(KINDS);
    boolean wrong = kind == 0;
    String used = wrong ? link.replaceFirst("#.*", "#AAAAAAAAAAAAAAAAAAAAAA") : link;
    try (Program receiver = folder.receive(used, "--json", "--force")) {
      if (kind == 1) {
        receiver.await("\"progress\"");
        receiver.kill();
      } else if (kind == 2) {
        receiver.await("\"start\"");
        receiver.interrupt();
      } else {
        assertThat(receiver.exitCode()).as("%s", receiver).isEqualTo(wrong ? 9 : 0);
      }
      assertThat(receiver.exitCode()).isNotNegative();
    }
    try (Stream<Path> files = Files.list(folder.target())) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
  }
}
