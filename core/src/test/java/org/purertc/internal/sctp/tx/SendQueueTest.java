package org.purertc.internal.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendQueueTest {
  private final List<String> sent = new ArrayList<>();
  private final SendQueue queue = new SendQueue((stream, bytes) -> sent.add(stream + ":" + bytes));

  private static OutgoingMessage message(int streamId, int bytes) {
    return new OutgoingMessage(
        streamId, 53, new byte[bytes], false, OutgoingMessage.UNLIMITED, OutgoingMessage.NEVER);
  }

  private OutgoingMessage next() {
    OutgoingMessage message = queue.next(0);
    assertThat(message).isNotNull();
    return message;
  }

  private int cutWhole() {
    OutgoingMessage message = next();
    queue.cut(message, message.remainingBytes());
    return message.streamId();
  }

  @Test
  void takesTurnsBetweenStreamsOfEqualMessages() {
    for (int i = 0; i < 3; i++) {
      queue.add(message(1, 100));
      queue.add(message(2, 100));
      queue.add(message(3, 100));
    }
    List<Integer> order = new ArrayList<>();
    while (!queue.isEmpty()) {
      order.add(cutWhole());
    }
    assertThat(order).containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3);
  }

  @Test
  void sharesBytesNotMessages() {
    for (int i = 0; i < 20; i++) {
      queue.add(message(1, 1000));
      queue.add(message(2, 100));
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 22; i++) {
      order.add(cutWhole());
    }
    assertThat(order.stream().filter(id -> id == 2)).hasSize(20);
  }

  /** RFC 9260 section 6.9: without I-DATA a message is sent whole before the next. */
  @Test
  void neverInterleavesAMessage() {
    queue.add(message(1, 1000));
    OutgoingMessage large = next();
    queue.cut(large, 400);
    queue.add(message(2, 1));
    assertThat(next()).isSameAs(large);
    queue.cut(large, 600);
    assertThat(next().streamId()).isEqualTo(2);
  }

  @Test
  void numbersOrderedMessagesOfEachStream() {
    queue.add(message(7, 10));
    queue.add(message(7, 10));
    OutgoingMessage first = next();
    queue.cut(first, 10);
    OutgoingMessage second = next();
    queue.cut(second, 10);
    assertThat(first.streamSequenceNumber()).isZero();
    assertThat(second.streamSequenceNumber()).isEqualTo(1);
  }

  @Test
  void countsBytesAndTellsWhatLeft() {
    queue.add(message(65_534, 1000));
    assertThat(queue.bytes()).isEqualTo(1000);
    OutgoingMessage message = next();
    queue.cut(message, 300);
    assertThat(queue.bytes()).isEqualTo(700);
    assertThat(queue.dropRest(message)).isTrue();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(sent).containsExactly("65534:300", "65534:700");
  }
}
