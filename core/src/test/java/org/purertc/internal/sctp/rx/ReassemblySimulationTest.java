package org.purertc.internal.sctp.rx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.sctp.packet.ErrorCause;
import org.purertc.internal.sctp.packet.ForwardTsnChunk;
import org.purertc.internal.sctp.packet.SackChunk;
import org.purertc.internal.util.SerialNumber;

/** A simple sender behind a network that loses, repeats and reorders; it ignores the window. */
class ReassemblySimulationTest implements MessageSink {
  private static final int MAX_MESSAGE = 600;
  private static final int WINDOW = 2 * MAX_MESSAGE;
  private static final int FRAGMENT = 50;
  private static final int STREAMS = 4;
  private static final int FLIGHT = 60;

  private final Set<Integer> delivered = new HashSet<>();
  private final Map<Integer, Integer> lastOfStream = new HashMap<>();
  private final List<Sent> messages = new ArrayList<>();
  private final List<DataChunk> chunks = new ArrayList<>();
  private final List<Integer> messageOfChunk = new ArrayList<>();
  private int unconsumed;
  private ErrorCause violation = new ErrorCause(0, new byte[0]);
  private String seen = "";

  private static final class Sent {
    final int streamId;
    final int sequence;
    final boolean unordered;
    boolean abandoned;

    Sent(int streamId, int sequence, boolean unordered) {
      this.streamId = streamId;
      this.sequence = sequence;
      this.unordered = unordered;
    }
  }

  @Override
  public void onMessage(int streamId, long ppid, byte[] message) {
    int number = (int) ppid;
    Sent sent = messages.get(number);
    assertThat(delivered.add(number)).as("%s, message %d once", seen, number).isTrue();
    assertThat(streamId).isEqualTo(sent.streamId);
    for (byte b : message) {
      assertThat(b).as("%s, message %d", seen, number).isEqualTo((byte) number);
    }
    if (!sent.unordered) {
      int last = lastOfStream.getOrDefault(streamId, -1);
      assertThat(number).as("%s, order of stream %d", seen, streamId).isGreaterThan(last);
      lastOfStream.put(streamId, number);
    }
    unconsumed += message.length;
  }

  @Override
  public void onStreamsReset(int[] streamIds) {}

  @Override
  public void onViolation(ErrorCause cause) {
    violation = cause;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void deliversWhatWasNotGivenUpOnceAndInOrder(long seed) {
    Random random = new Random(seed);
    long initialTsn = 0xffff_ff00L;
    prepareMessages(random, initialTsn, 300);
    DataTracker tracker = new DataTracker(initialTsn);
    ReassemblyQueue queue = new ReassemblyQueue(tracker, WINDOW, MAX_MESSAGE, this);
    int acknowledged = 0;
    for (int round = 0; acknowledged < chunks.size(); round++) {
      seen = "seed " + seed + ", round " + round;
      assertThat(round).as(seen).isLessThan(20_000);
      if (random.nextInt(20) == 0) {
        messages.get(messageOfChunk.get(acknowledged)).abandoned = true;
      }
      sendSome(random, queue, acknowledged);
      forward(random, queue, acknowledged);
      consumeSome(random, queue);
      assertThat(queue.storedBytes()).as(seen).isLessThanOrEqualTo(2 * WINDOW);
      assertThat(violation.code()).as(seen).isZero();
      SackChunk sack = tracker.buildSack(queue.windowBytes(), 1200);
      acknowledged = (int) SerialNumber.wrap32(sack.cumulativeTsnAck() - initialTsn + 1);
    }
    queue.consumed(unconsumed);
    assertThat(queue.storedBytes()).as(seen).isZero();
    assertThat(queue.windowBytes()).as(seen).isEqualTo(WINDOW);
    for (int number = 0; number < messages.size(); number++) {
      assertThat(delivered.contains(number) || messages.get(number).abandoned)
          .as("%s, message %d", seen, number)
          .isTrue();
    }
  }

  /** Messages in the order in which the sender gave them TSNs; the PPID is their number. */
  private void prepareMessages(Random random, long initialTsn, int count) {
    int[] sequences = new int[STREAMS];
    for (int number = 0; number < count; number++) {
      int streamId = random.nextInt(STREAMS);
      boolean unordered = random.nextInt(3) == 0;
      int sequence = unordered ? 0 : sequences[streamId]++;
      messages.add(new Sent(streamId, sequence, unordered));
      int size = 1 + (random.nextBoolean() ? random.nextInt(MAX_MESSAGE) : random.nextInt(20));
      for (int offset = 0; offset < size; offset += FRAGMENT) {
        byte[] payload = new byte[Math.min(FRAGMENT, size - offset)];
        Arrays.fill(payload, (byte) number);
        boolean ending = offset + FRAGMENT >= size;
        long tsn = SerialNumber.wrap32(initialTsn + chunks.size());
        chunks.add(
            new DataChunk(
                false,
                unordered,
                offset == 0,
                ending,
                tsn,
                streamId,
                sequence,
                number,
                payload,
                0,
                payload.length));
        messageOfChunk.add(number);
      }
    }
  }

  private void sendSome(Random random, ReassemblyQueue queue, int from) {
    List<DataChunk> packets = new ArrayList<>();
    for (int i = from; i < Math.min(from + FLIGHT, chunks.size()); i++) {
      if (!messages.get(messageOfChunk.get(i)).abandoned && random.nextInt(3) == 0) {
        packets.add(chunks.get(i));
        if (random.nextInt(10) == 0) {
          packets.add(chunks.get(i));
        }
      }
    }
    Collections.shuffle(packets, random);
    packets.forEach(queue::add);
  }

  /** RFC 3758 section 3.5: the point moves over what was given up, and over nothing else. */
  private void forward(Random random, ReassemblyQueue queue, int from) {
    TreeMap<Integer, Integer> skipped = new TreeMap<>();
    int end = from;
    while (end < chunks.size() && messages.get(messageOfChunk.get(end)).abandoned) {
      Sent message = messages.get(messageOfChunk.get(end));
      if (!message.unordered) {
        skipped.put(message.streamId, message.sequence);
      }
      end++;
    }
    if (end > from && random.nextInt(3) == 0) {
      queue.handleForwardTsn(
          new ForwardTsnChunk(
              chunks.get(end - 1).tsn(),
              skipped.keySet().stream().mapToInt(Integer::intValue).toArray(),
              skipped.values().stream().mapToInt(Integer::intValue).toArray()));
    }
  }

  private void consumeSome(Random random, ReassemblyQueue queue) {
    if (unconsumed > 0 && random.nextInt(3) == 0) {
      int bytes = 1 + random.nextInt(unconsumed);
      queue.consumed(bytes);
      unconsumed -= bytes;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
  void hostileChunksNeverHarm(long seed) {
    Random random = new Random(seed);
    HostileSink sink = new HostileSink();
    ReassemblyQueue queue = null;
    for (int i = 0; i < 20_000; i++) {
      if (queue == null || sink.violated) {
        sink = new HostileSink();
        queue = new ReassemblyQueue(new DataTracker(0), WINDOW, MAX_MESSAGE, sink);
      }
      switch (random.nextInt(40)) {
        case 0 -> queue.handleForwardTsn(anyForwardTsn(random));
        case 1 -> queue.resetStreams(new int[] {random.nextInt(3)}, random.nextInt(500));
        case 2 -> queue.resetStreams(new int[0], random.nextInt(500));
        case 3 -> queue.consumed(random.nextInt(5000));
        default -> queue.add(anyData(random));
      }
      assertThat(queue.storedBytes()).as("seed %d, step %d", seed, i).isBetween(0L, 3L * WINDOW);
      assertThat(queue.windowBytes()).as("seed %d, step %d", seed, i).isBetween(0L, (long) WINDOW);
    }
  }

  private static ForwardTsnChunk anyForwardTsn(Random random) {
    int[] ids = {random.nextInt(3), random.nextInt(3)};
    int[] sequences = {random.nextInt(20), random.nextInt(65_536)};
    return new ForwardTsnChunk(random.nextInt(400), ids, sequences);
  }

  private static DataChunk anyData(Random random) {
    byte[] payload = new byte[1 + random.nextInt(60)];
    return new DataChunk(
        random.nextBoolean(),
        random.nextInt(3) == 0,
        random.nextInt(3) == 0,
        random.nextInt(3) == 0,
        random.nextInt(500),
        random.nextInt(3),
        random.nextInt(20),
        51,
        payload,
        0,
        payload.length);
  }

  private static final class HostileSink implements MessageSink {
    private boolean violated;

    @Override
    public void onMessage(int streamId, long ppid, byte[] message) {
      assertThat(message).isNotEmpty();
    }

    @Override
    public void onStreamsReset(int[] streamIds) {}

    @Override
    public void onViolation(ErrorCause cause) {
      violated = true;
    }
  }
}
