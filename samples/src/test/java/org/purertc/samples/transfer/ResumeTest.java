package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that break at random moments, until everything is there. */
class ResumeTest {
  private static final int BLOCK = 1 << 16;
  private static final int MAX_SESSIONS = 500;

  private final Map<String, byte[]> source = new HashMap<>();
  private final Map<String, Long> times = new HashMap<>();

  /** All that a file ever was: nothing else may have its name. */
  private final Map<String, List<byte[]>> versions = new HashMap<>();

  private final MemoryTarget target = new MemoryTarget(BLOCK);
  private long clockMs;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everythingArrivesWholeAndNothingTwice(long seed) {
    for (int round = 0; round < 20; round++) {
      simulate(new Random(seed * 1_000 + round), "seed " + seed + ", round " + round);
    }
  }

  private void simulate(Random random, String as) {
    source.clear();
    versions.clear();
    target.files.clear();
    target.offeredAs.clear();
    target.parts.clear();
    for (int i = 0; i <= random.nextInt(5); i++) {
      change("f" + i, random);
    }
    int sessions = 0;
    while (!runOnce(random, as)) {
      assertThat(sessions++).as(as).isLessThan(MAX_SESSIONS);
      checkFiles(as);
      spoil(random);
    }
    assertThat(target.files.keySet()).as(as).isEqualTo(source.keySet());
    source.forEach(
        (path, bytes) -> assertThat(target.files.get(path)).as(as + " " + path).isEqualTo(bytes));
    assertThat(target.parts).as(as).isEmpty();
  }

  private void change(String path, Random random) {
    byte[] bytes = new byte[random.nextInt(6) == 0 ? 0 : random.nextInt(400_000)];
    random.nextBytes(bytes);
    int hole = random.nextInt(bytes.length + 1);
    Arrays.fill(bytes, hole, hole + random.nextInt(bytes.length - hole + 1), (byte) 0);
    source.put(path, bytes);
    times.put(path, clockMs++);
    versions.computeIfAbsent(path, it -> new ArrayList<>()).add(bytes);
  }

  /** One session; true when it was complete. */
  private boolean runOnce(Random random, String as) {
    MemoryTree tree = new MemoryTree();
    source.keySet().stream()
        .sorted()
        .forEach(
            path ->
                tree.entry(
                    Entry.file(path, source.get(path).length, times.get(path), false),
                    source.get(path)));
    long already = alreadyThere(tree);
    Session session = new Session(tree, target);
    session.receiver.onOpen(0);
    int cut = random.nextInt(60);
    boolean more = true;
    while (more && session.delivered < cut) {
      more = session.step();
    }
    if (more) {
      breakDown(session, random);
    }
    session.receiver.result().exceptionally(lost -> null).join();
    if (session.receiver.result().isCompletedExceptionally()) {
      return false;
    }
    long total = tree.scan().bytes();
    assertThat(session.receiver.result().join().alreadyBytes()).as(as).isEqualTo(already);
    assertThat(session.toReceiver.binaryBytes).as(as).isLessThanOrEqualTo(total - already);
    return true;
  }

  /** Some of what is under way still comes, on either side. */
  private static void breakDown(Session session, Random random) {
    for (int i = random.nextInt(8); i > 0; i--) {
      session.toReceiver.deliver(session.receiver, session.nowNs);
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      session.toSender.deliver(session.sender, session.nowNs);
    }
    session.lose();
  }

  /** Bytes of complete files, and of leading blocks that are the source's. */
  private long alreadyThere(MemoryTree tree) {
    long bytes = 0;
    for (Entry entry : tree.content.keySet()) {
      byte[] now = source.get(entry.path());
      byte[] part = target.parts.getOrDefault(entry.path(), new byte[0]);
      if (entry.equals(target.offeredAs.get(entry.path()))) {
        bytes += now.length;
      } else {
        int different = Arrays.mismatch(now, part);
        int equal = different < 0 ? now.length : different;
        bytes += equal / BLOCK * BLOCK;
      }
    }
    return bytes;
  }

  private void spoil(Random random) {
    for (byte[] part : target.parts.values()) {
      if (part.length > 0 && random.nextInt(6) == 0) {
        part[random.nextInt(part.length)] ^= 1;
      }
    }
    if (random.nextInt(8) == 0) {
      change("f" + random.nextInt(source.size()), random);
    }
  }

  private void checkFiles(String as) {
    target.files.forEach(
        (path, bytes) ->
            assertThat(versions.get(path))
                .as(as + " " + path)
                .anyMatch(version -> Arrays.equals(version, bytes)));
  }
}
