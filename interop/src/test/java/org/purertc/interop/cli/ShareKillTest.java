package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.interop.cli.ShareFolder.send;
import static org.purertc.interop.cli.ShareFolder.succeeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Either side dies at random moments; the same command goes on, and the hashes are equal. */
@Tag("interop")
class ShareKillTest {
  private static final int KILLS = 4;
  private static final int MANY_KILLS = 20;
  private static final int LARGE_BYTES = 60_000_000;
  private static final int SMALL_FILES = 200;

  /** Before the JVM is up, while the two connect, or when bytes have just begun to move. */
  private static final int EARLY_MS = 1_500;

  private static final int LATER_MS = 600;

  /** What moves in all these moments together is not the whole tree. */
  private static final String SLOWLY = "4M";

  @TempDir Path temporary;
  private ShareFolder folder;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    folder = new ShareFolder(temporary);
    folder.file("tree/large.bin", LARGE_BYTES);
    for (int i = 0; i < SMALL_FILES; i++) {
      folder.file("tree/small/" + i, 10L * i);
    }
    folder.file("tree/z-last.bin", LARGE_BYTES / 3);
    tree = folder.source("tree");
  }

  private void checkArrived() throws IOException {
    Path arrived = folder.target().resolve("tree");
    try (var files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(arrived.resolve(tree.relativize(file))).hasSameBinaryContentAs(file);
      }
    }
    try (var files = Files.walk(arrived)) {
      assertThat(files.filter(it -> it.toString().endsWith(".part"))).isEmpty();
    }
  }

  private static String url(Program sender) {
    return sender.await("\"url\":\"([^\"]+)\"").group(1);
  }

  /** One of four times early, otherwise in the middle of the transfer. */
  private static void killSoon(Program program, Random random) {
    if (random.nextInt(4) == 0) {
      program.killAfter(random.nextInt(EARLY_MS));
    } else {
      program.await("\"progress\"");
      program.killAfter(random.nextInt(LATER_MS));
    }
  }

  @Test
  void theReceiverIsKilled() throws IOException {
    killReceivers(KILLS);
  }

  @Tag("long")
  @Test
  void theReceiverIsKilledAgainAndAgain() throws IOException {
    killReceivers(MANY_KILLS);
  }

  private void killReceivers(int kills) throws IOException {
    long seed = System.nanoTime();
    System.out.println("kills of the receiver: seed " + seed);
    Random random = new Random(seed);
    try (Program sender = send(tree, "--limit", "100M", "--json")) {
      String link = url(sender);
      for (int i = 0; i < kills; i++) {
        try (Program receiver = folder.receive(link, "--limit", SLOWLY, "--json")) {
          killSoon(receiver, random);
        }
      }
      try (Program receiver = folder.receive(link)) {
        succeeds(receiver);
        succeeds(sender);
        assertThat(receiver.err()).anyMatch(line -> line.startsWith("goes on at "));
      }
    }
    checkArrived();
  }

  @Test
  void theSenderIsKilled() throws IOException {
    killSenders(KILLS);
  }

  @Tag("long")
  @Test
  void theSenderIsKilledAgainAndAgain() throws IOException {
    killSenders(MANY_KILLS);
  }

  private void killSenders(int kills) throws IOException {
    long seed = System.nanoTime();
    System.out.println("kills of the sender: seed " + seed);
    Random random = new Random(seed);
    Program sender = send(tree, "--limit", SLOWLY, "--json");
    String link = url(sender);
    try (Program receiver = folder.receive(link, "--json", "--wait", "60")) {
      for (int i = 0; i < kills; i++) {
        killSoon(sender, random);
        sender.close();
        sender = send(tree, "--limit", i == kills - 1 ? "100M" : SLOWLY, "--json");
        assertThat(url(sender)).isEqualTo(link);
      }
      succeeds(receiver);
      succeeds(sender);
    } finally {
      sender.close();
    }
    checkArrived();
  }
}
