package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.SctpPair.ms;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Messages of all sizes over bad networks: each once, in order where promised, nothing left. */
class SctpSimulationTest {
  private static final int SEEDS = 200;
  private static final int MESSAGES = 60;
  private static final int STREAMS = 5;
  private static final int UNORDERED_STREAM = 4;
  private static final SctpConfig CONFIG =
      new SctpConfig(5000, 5000, 64 << 10, 128 << 10, 65_535, 65_535);

  @Test
  void deliversEverythingOnceAndInOrder() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      simulate(seed);
    }
  }

  private static void simulate(long seed) {
    Random random = new Random(seed);
    LossyNetwork network =
        LossyNetwork.with(seed)
            .delayMs(random.nextInt(100))
            .jitterMs(random.nextInt(30))
            .lossPercent(random.nextInt(31))
            .reorderPercent(random.nextInt(20))
            .duplicatePercent(random.nextInt(10));
    if (random.nextInt(4) == 0) {
      network.bytesPerSecond(500_000);
    }
    SctpPair pair = new SctpPair(network, CONFIG, seed);
    pair.connect();
    for (int i = 0; i < MESSAGES; i++) {
      sendOne(pair, pair.a, random, i);
      sendOne(pair, pair.b, random, i);
      pair.runFor(ms(random.nextInt(50)));
    }
    pair.runUntilIdle(ms(3_600_000));
    assertDelivered(pair.a, seed);
    assertDelivered(pair.b, seed);
    pair.shutDownAndAssertNothingLeft();
    assertThat(pair.a.events.size() + pair.b.events.size()).as("seed " + seed).isEqualTo(4);
  }

  /** Each message begins with its number and ends with its seed's bytes. */
  private static void sendOne(SctpPair pair, SctpEnd from, Random random, int number) {
    int length = 8 + (random.nextInt(8) == 0 ? random.nextInt(40_000) : random.nextInt(800));
    byte[] message = DataTransferTest.bytes(length, number);
    ByteBuffer.wrap(message).putInt(number).putInt(length);
    int streamId = random.nextInt(STREAMS);
    boolean unordered = streamId == UNORDERED_STREAM;
    pair.send(from, streamId, message, new SendOptions(unordered, -1, -1));
  }

  private static void assertDelivered(SctpEnd end, long seed) {
    assertThat(end.received).as("messages, seed " + seed).hasSize(MESSAGES);
    Set<Integer> seen = new HashSet<>();
    Map<Integer, Integer> last = new HashMap<>();
    for (SctpEnd.Received received : end.received) {
      ByteBuffer buffer = ByteBuffer.wrap(received.bytes());
      int number = buffer.getInt();
      int length = buffer.getInt();
      assertThat(seen.add(number)).as("once, seed " + seed).isTrue();
      assertThat(received.bytes()).as("length, seed " + seed).hasSize(length);
      byte[] expected = DataTransferTest.bytes(length, number);
      ByteBuffer.wrap(expected).putInt(number).putInt(length);
      assertThat(received.bytes()).as("content, seed " + seed).isEqualTo(expected);
      if (received.streamId() != UNORDERED_STREAM) {
        Integer before = last.put(received.streamId(), number);
        assertThat(before == null || before < number).as("order, seed " + seed).isTrue();
      }
    }
  }

  @Test
  void givesUpOnlyWhatMayBeGivenUp() {
    for (long seed = 1; seed <= SEEDS / 4; seed++) {
      simulatePartialReliability(seed);
    }
  }

  private static void simulatePartialReliability(long seed) {
    Random random = new Random(seed);
    LossyNetwork network =
        LossyNetwork.with(seed)
            .delayMs(20)
            .jitterMs(20)
            .lossPercent(5 + random.nextInt(25))
            .reorderPercent(5);
    SctpPair pair = new SctpPair(network, CONFIG, seed);
    pair.connect();
    List<SendOptions> kinds =
        List.of(
            SendOptions.RELIABLE,
            new SendOptions(false, 0, -1),
            new SendOptions(true, 1, -1),
            new SendOptions(false, -1, ms(300)));
    int reliable = 0;
    for (int i = 0; i < 2 * MESSAGES; i++) {
      int kind = random.nextInt(kinds.size());
      int length = 8 + random.nextInt(random.nextInt(4) == 0 ? 20_000 : 500);
      byte[] message = new byte[length];
      ByteBuffer.wrap(message).putInt(i);
      pair.send(pair.a, kind, message, kinds.get(kind));
      reliable += kind == 0 ? 1 : 0;
      pair.runFor(ms(random.nextInt(40)));
    }
    pair.runUntilIdle(ms(3_600_000));
    long arrived = pair.b.received.stream().filter(r -> r.streamId() == 0).count();
    assertThat(arrived).as("reliable, seed " + seed).isEqualTo(reliable);
    for (int stream : new int[] {0, 1, 3}) {
      assertThat(pair.b.received.stream().filter(r -> r.streamId() == stream))
          .extracting(r -> ByteBuffer.wrap(r.bytes()).getInt())
          .as("order and once, stream " + stream + ", seed " + seed)
          .isSorted()
          .doesNotHaveDuplicates();
    }
    // After all losses each stream still carries what comes next.
    network.lossPercent(0);
    for (int kind = 0; kind < kinds.size(); kind++) {
      pair.send(pair.a, kind, new byte[] {0x7f, -1, -1, -1}, kinds.get(kind));
    }
    int before = pair.b.received.size();
    pair.runUntilIdle(ms(60_000));
    assertThat(pair.b.received).as("afterwards, seed " + seed).hasSize(before + kinds.size());
    pair.shutDownAndAssertNothingLeft();
  }
}
