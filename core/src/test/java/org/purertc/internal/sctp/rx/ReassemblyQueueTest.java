package org.purertc.internal.sctp.rx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.sctp.packet.ErrorCause;
import org.purertc.internal.sctp.packet.ForwardTsnChunk;

class ReassemblyQueueTest implements MessageSink {
  private static final int WINDOW = 4000;
  private static final int MAX_MESSAGE = 2000;

  private final DataTracker tracker = new DataTracker(1);
  private final ReassemblyQueue queue = new ReassemblyQueue(tracker, WINDOW, MAX_MESSAGE, this);
  private final List<String> events = new ArrayList<>();
  private int violation;

  @Override
  public void onMessage(int streamId, long ppid, byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    events.add(streamId + ":" + (text.length() > 20 ? text.length() : text));
  }

  @Override
  public void onStreamsReset(int[] streamIds) {
    events.add("reset " + Arrays.toString(streamIds));
  }

  @Override
  public void onViolation(ErrorCause cause) {
    violation = cause.code();
  }

  @Test
  void deliversAWholeMessageAtOnce() {
    ordered(1, 7, 0, "BE", "hello");
    assertThat(events).containsExactly("7:hello");
  }

  @Test
  void joinsFragmentsInAnyOrder() {
    ordered(3, 7, 0, "E", "c");
    ordered(1, 7, 0, "B", "a");
    assertThat(events).isEmpty();
    ordered(2, 7, 0, "", "b");
    assertThat(events).containsExactly("7:abc");
    assertThat(queue.storedBytes()).isZero();
  }

  @Test
  void keepsTheOrderOfAStreamButNotAcrossStreams() {
    ordered(2, 7, 1, "BE", "second");
    ordered(3, 8, 0, "BE", "other");
    ordered(1, 7, 0, "BE", "first");
    assertThat(events).containsExactly("8:other", "7:first", "7:second");
  }

  @Test
  void deliversUnorderedMessagesAsTheyCome() {
    unordered(3, 7, "BE", "late");
    unordered(1, 7, "B", "a");
    unordered(2, 7, "E", "b");
    assertThat(events).containsExactly("7:late", "7:ab");
  }

  @Test
  void deliversADuplicateOnce() {
    ordered(1, 7, 0, "BE", "once");
    ordered(1, 7, 0, "BE", "once");
    assertThat(events).containsExactly("7:once");
  }

  @Test
  void sequenceNumbersWrap() {
    for (int i = 0; i < 65_537; i++) {
      ordered(1 + i, 7, i & 0xffff, "BE", "x");
      queue.consumed(1);
    }
    assertThat(events).hasSize(65_537);
  }

  @Test
  void forwardTsnSkipsAMessageAndDeliversTheNext() {
    ordered(2, 7, 1, "BE", "next");
    forward(1, 7, 0);
    assertThat(events).containsExactly("7:next");
    assertThat(tracker.cumulativeTsn()).isEqualTo(2);
  }

  @Test
  void forwardTsnDropsFragmentsOfWhatWasGivenUp() {
    ordered(1, 7, 0, "B", "half");
    unordered(3, 8, "B", "lost");
    assertThat(queue.storedBytes()).isEqualTo(8);
    forward(4, 7, 0);
    assertThat(queue.storedBytes()).isZero();
    ordered(5, 7, 1, "BE", "next");
    assertThat(events).containsExactly("7:next");
  }

  @Test
  void forwardTsnDeliversWholeMessagesThatWaitedBelowIt() {
    ordered(2, 7, 1, "BE", "b");
    ordered(4, 7, 3, "BE", "d");
    forward(3, 7, 2);
    assertThat(events).containsExactly("7:b", "7:d");
  }

  @Test
  void oldForwardTsnChangesNothingButIsAcknowledged() {
    ordered(1, 7, 0, "BE", "a");
    tracker.buildSack(0, 100);
    forward(1, 7, 5);
    assertThat(tracker.isSackDue()).isTrue();
    ordered(2, 7, 1, "BE", "b");
    assertThat(events).containsExactly("7:a", "7:b");
  }

  @Test
  void resetStartsSequenceNumbersAgain() {
    ordered(1, 7, 0, "BE", "a");
    assertThat(queue.resetStreams(new int[] {7}, 1)).isTrue();
    ordered(2, 7, 0, "BE", "b");
    assertThat(events).containsExactly("7:a", "reset [7]", "7:b");
  }

  @Test
  void resetWaitsForTheLastTsnOfTheSender() {
    ordered(2, 7, 1, "BE", "b");
    assertThat(queue.resetStreams(new int[] {7}, 2)).isFalse();
    ordered(3, 7, 0, "BE", "after");
    ordered(4, 8, 0, "BE", "other");
    assertThat(events).containsExactly("8:other");
    ordered(1, 7, 0, "BE", "a");
    assertThat(events).containsExactly("8:other", "7:a", "7:b", "reset [7]", "7:after");
    assertThat(queue.storedBytes()).isZero();
  }

  @Test
  void resetOfNoStreamMeansAllThatWereUsed() {
    ordered(1, 7, 0, "BE", "a");
    unordered(2, 3, "BE", "b");
    queue.resetStreams(new int[0], 2);
    assertThat(events).contains("reset [3, 7]");
  }

  @Test
  void deliveredBytesCountUntilTheyAreConsumed() {
    ordered(1, 7, 0, "BE", "x".repeat(1000));
    assertThat(queue.windowBytes()).isEqualTo(WINDOW - 1000 - ReceiveWindow.OVERHEAD_BYTES);
    queue.consumed(1000);
    assertThat(queue.windowBytes()).isEqualTo(WINDOW);
  }

  @Test
  void tellsThePeerWhenAClosedWindowOpens() {
    long tsn = 1;
    while (queue.windowBytes() > 0) {
      unordered(tsn++, 7, "BE", "x".repeat(500));
    }
    tracker.buildSack(queue.windowBytes(), 100);
    queue.consumed(500);
    assertThat(tracker.isSackDue()).isFalse();
    queue.consumed(1500);
    assertThat(tracker.isSackDue()).isTrue();
  }

  @Test
  void twoHalfReceivedMessagesThatFillTheWindowBecomeWhole() {
    ordered(2, 7, 0, "", "a".repeat(990));
    ordered(3, 7, 0, "E", "a".repeat(990));
    ordered(5, 8, 0, "", "b".repeat(990));
    ordered(6, 8, 0, "E", "b".repeat(990));
    assertThat(queue.windowBytes()).isZero();
    ordered(1, 7, 0, "B", "a".repeat(20));
    ordered(4, 8, 0, "B", "b".repeat(20));
    assertThat(events).containsExactly("7:2000", "8:2000");
  }

  @Test
  void incompleteMessageAboveIsGivenUpForTheChunkThatClosesAHole() {
    ordered(2, 7, 0, "E", "a".repeat(1900));
    ordered(4, 8, 0, "E", "b".repeat(1900));
    ordered(5, 9, 0, "B", "c".repeat(195));
    assertThat(tracker.contains(5)).isTrue();
    ordered(1, 7, 0, "B", "a".repeat(100));
    assertThat(events).containsExactly("7:2000");
    assertThat(tracker.contains(5)).as("given up, so that the peer sends it again").isFalse();
    assertThat(tracker.contains(4)).isTrue();
  }

  @Test
  void chunkOutOfOrderBeyondTheWindowIsNotTaken() {
    ordered(2, 7, 1, "BE", "x".repeat(2000));
    ordered(3, 7, 2, "BE", "x".repeat(1999));
    tracker.buildSack(0, 100);
    ordered(4, 7, 3, "BE", "xx");
    assertThat(tracker.contains(4)).isFalse();
    assertThat(tracker.isSackDue()).isTrue();
    ordered(1, 7, 0, "BE", "xx");
    assertThat(events).hasSize(3);
  }

  @Test
  void peerThatIgnoresTheWindowIsNotServedWithoutEnd() {
    for (int i = 0; i < 100; i++) {
      ordered(1 + i, 7, i, "BE", "x".repeat(1000));
    }
    assertThat(events).hasSize(WINDOW / 1000);
    assertThat(violation).isZero();
    queue.consumed(1000);
    ordered(5, 7, 4, "BE", "x".repeat(1000));
    assertThat(events).hasSize(5);
  }

  @Test
  void aMessageThatHadBegunBecomesWholeBehindAFullWindow() {
    ordered(1, 7, 0, "BE", "x".repeat(1999));
    ordered(2, 7, 1, "BE", "x".repeat(1001));
    ordered(3, 7, 2, "B", "x".repeat(1000));
    assertThat(queue.windowBytes()).isZero();
    ordered(4, 7, 2, "E", "x".repeat(1000));
    assertThat(events).hasSize(3);
    ordered(5, 7, 3, "BE", "x");
    assertThat(tracker.contains(5)).as("begins behind the full window").isFalse();
    assertThat(tracker.isSackDue()).isTrue();
  }

  @Test
  void theChunkThatClosesAHoleIsTakenBehindAFullWindow() {
    unordered(2, 7, "BE", "x".repeat(2000));
    unordered(3, 7, "BE", "x".repeat(2000));
    assertThat(queue.windowBytes()).isZero();
    unordered(1, 7, "BE", "first");
    assertThat(events).hasSize(3);
    assertThat(tracker.cumulativeTsn()).isEqualTo(3);
  }

  @Test
  void messagesThatCanNeverBeDeliveredEndTheAssociation() {
    for (int i = 0; i < 100; i++) {
      ordered(1 + i, 7, 1 + i, "BE", "x".repeat(1000));
    }
    assertThat(violation).isEqualTo(ErrorCause.PROTOCOL_VIOLATION);
    assertThat(queue.storedBytes()).isLessThanOrEqualTo(2 * WINDOW);
  }

  @Test
  void tooLongMessageEndsTheAssociation() {
    ordered(1, 7, 0, "B", "x".repeat(1999));
    assertThat(violation).isZero();
    ordered(2, 7, 0, "", "xx");
    assertThat(violation).isEqualTo(ErrorCause.PROTOCOL_VIOLATION);
    ordered(3, 7, 0, "E", "x");
    assertThat(events).isEmpty();
  }

  @Test
  void messageOfTheMaximumSizeIsTaken() {
    ordered(1, 7, 0, "BE", "x".repeat(MAX_MESSAGE));
    assertThat(events).containsExactly("7:2000");
  }

  @Test
  void chunkWithoutDataEndsTheAssociation() {
    ordered(1, 7, 0, "BE", "");
    assertThat(violation).isEqualTo(ErrorCause.NO_USER_DATA);
  }

  @Test
  void restartForgetsTheHalfAndKeepsCountOfTheDelivered() {
    ordered(1, 7, 0, "BE", "x".repeat(100));
    ordered(2, 7, 1, "B", "half");
    queue.restart(1000);
    assertThat(queue.storedBytes()).isZero();
    assertThat(queue.windowBytes()).isEqualTo(WINDOW - 100 - ReceiveWindow.OVERHEAD_BYTES);
    ordered(1000, 7, 0, "BE", "new");
    assertThat(events).containsExactly("7:100", "7:new");
  }

  @Test
  void immediateBitAsksForASack() {
    byte[] payload = {1};
    queue.add(new DataChunk(true, false, true, true, 1, 7, 0, 51, payload, 0, 1));
    assertThat(tracker.isSackDue()).isTrue();
  }

  @Test
  void windowBelowTwoMessagesIsRefused() {
    assertThatThrownBy(() -> new ReassemblyQueue(tracker, 3999, 2000, this))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void ordered(long tsn, int streamId, int sequence, String flags, String text) {
    add(false, tsn, streamId, sequence, flags, text);
  }

  private void unordered(long tsn, int streamId, String flags, String text) {
    add(true, tsn, streamId, 0, flags, text);
  }

  private void add(
      boolean unordered, long tsn, int streamId, int sequence, String flags, String text) {
    byte[] packet = ("header" + text).getBytes(StandardCharsets.UTF_8);
    boolean beginning = flags.contains("B");
    boolean ending = flags.contains("E");
    int length = packet.length - 6;
    queue.add(
        new DataChunk(
            false, unordered, beginning, ending, tsn, streamId, sequence, 51, packet, 6, length));
  }

  private void forward(long tsn, int streamId, int sequence) {
    queue.handleForwardTsn(new ForwardTsnChunk(tsn, new int[] {streamId}, new int[] {sequence}));
  }
}
