package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way between the API and the loop, over a fake transport. */
class ChannelSeamTest {

  @Test
  void wakesTheLoopOnceForABurst() {
    SeededSeam seam = SeededSeam.open();
    int before = seam.loop.wakeUps;
    for (int i = 0; i < 100; i++) {
      seam.channel.send(new byte[10]);
    }
    assertThat(seam.loop.wakeUps - before).isEqualTo(1);
    seam.runAll();
    assertThat(seam.port.sent).hasSize(100);
  }

  @Test
  void raisesBufferedAmountOnTheCallersThreadAndLowersItWhenBytesLeave() {
    SeededSeam seam = SeededSeam.open();
    seam.channel.send(new byte[1000]);
    assertThat(seam.channel.bufferedAmount()).isEqualTo(1000);
    seam.onLoop(() -> seam.channel.loopSide().onSent(400, 0));
    seam.runAll();
    assertThat(seam.channel.bufferedAmount()).isEqualTo(600);
  }

  @Test
  void firesBufferedAmountLowOnceWhenTheThresholdIsCrossed() {
    SeededSeam seam = SeededSeam.open();
    List<Long> events = new ArrayList<>();
    seam.channel.bufferedAmountLowThreshold(500);
    seam.channel.onBufferedAmountLow(() -> events.add(seam.channel.bufferedAmount()));
    seam.channel.send(new byte[1000]);
    seam.onLoop(() -> seam.channel.loopSide().onSent(500, 1));
    seam.onLoop(() -> seam.channel.loopSide().onSent(500, 1));
    seam.runAll();
    assertThat(events).hasSize(1);
  }

  @Test
  void sendsACopyOfTheBytes() {
    SeededSeam seam = SeededSeam.open();
    byte[] reused = {1, 2, 3};
    seam.channel.send(reused);
    reused[0] = 9;
    ByteBuffer buffer = ByteBuffer.wrap(reused, 1, 2);
    seam.channel.send(buffer);
    reused[1] = 9;
    seam.runAll();
    assertThat(seam.port.sent.get(0)).containsExactly(1, 2, 3);
    assertThat(seam.port.sent.get(1)).containsExactly(2, 3);
    assertThat(buffer.hasRemaining()).isFalse();
  }

  @Test
  void refusesToSendBeforeOpenAndAfterClose() {
    SeededSeam seam = new SeededSeam();
    assertError("InvalidStateError", () -> seam.channel.send("early"));
    seam.onLoop(() -> seam.channel.loopSide().onOpen());
    seam.runAll();
    seam.channel.close();
    assertThat(seam.channel.readyState()).isEqualTo(RTCDataChannelState.CLOSING);
    assertError("InvalidStateError", () -> seam.channel.send("late"));
  }

  @Test
  void refusesAMessageThatTheRemoteDoesNotAccept() {
    SeededSeam seam = SeededSeam.open();
    byte[] tooLong = new byte[(int) SeededSeam.MAX_MESSAGE_BYTES + 1];
    assertError("TypeError", () -> seam.channel.send(tooLong));
    assertThat(seam.channel.bufferedAmount()).isZero();
  }

  @Test
  void refusesMoreThanMayWait() {
    SeededSeam seam = SeededSeam.open();
    byte[] message = new byte[(int) SeededSeam.MAX_MESSAGE_BYTES];
    for (long i = 0; i < RTCDataChannel.MAX_BUFFERED_BYTES / message.length; i++) {
      seam.channel.send(message);
    }
    assertError("OperationError", () -> seam.channel.send(new byte[1]));
    assertThat(seam.channel.bufferedAmount()).isEqualTo(RTCDataChannel.MAX_BUFFERED_BYTES);
  }

  @Test
  void refusesMoreEmptyMessagesThanMayWait() {
    SeededSeam seam = SeededSeam.open();
    for (int i = 0; i < RTCDataChannel.MAX_BUFFERED_MESSAGES; i++) {
      seam.channel.send(new byte[0]);
    }
    assertError("OperationError", () -> seam.channel.send(new byte[0]));
    assertThat(seam.channel.bufferedAmount()).isZero();
    seam.onLoop(() -> seam.channel.loopSide().onSent(0, 1));
    seam.runAll();
    seam.channel.send(new byte[0]);
    assertError("OperationError", () -> seam.channel.send(new byte[0]));
  }

  @Test
  void countsReceivedEmptyMessagesAgainstTheWindowUntilTheyAreRead() {
    SeededSeam seam = SeededSeam.open();
    deliver(seam, "");
    deliver(seam, "");
    seam.runAll();
    assertThat(seam.consumedBytes).isZero();
    seam.channel.onMessage(message -> {});
    seam.runAll();
    assertThat(seam.consumedBytes).isEqualTo(2);
  }

  @Test
  void keepsMessagesAndTheirWindowUntilAHandlerIsSet() {
    SeededSeam seam = SeededSeam.open();
    deliver(seam, "one");
    deliver(seam, "two");
    seam.runAll();
    assertThat(seam.consumedBytes).isZero();
    List<String> received = new ArrayList<>();
    seam.channel.onMessage(message -> received.add(message.text()));
    deliver(seam, "three");
    seam.runAll();
    assertThat(received).containsExactly("one", "two", "three");
    assertThat(seam.consumedBytes).isEqualTo(11);
  }

  @Test
  void opensTheWindowOnlyAfterTheHandlerReturned() {
    SeededSeam seam = SeededSeam.open();
    List<Long> consumedInside = new ArrayList<>();
    seam.channel.onMessage(message -> consumedInside.add(seam.consumedBytes));
    deliver(seam, "x");
    seam.runAll();
    assertThat(consumedInside).containsExactly(0L);
    assertThat(seam.consumedBytes).isEqualTo(1);
  }

  @Test
  void goesOnAfterAHandlerThatThrows() {
    SeededSeam seam = SeededSeam.open();
    List<String> received = new ArrayList<>();
    seam.channel.onMessage(
        message -> {
          received.add(message.text());
          if (received.size() < 3) {
            throw new IllegalStateException("thrown by the test's handler");
          }
        });
    deliver(seam, "one");
    deliver(seam, "two");
    deliver(seam, "three");
    seam.runAll();
    assertThat(received).containsExactly("one", "two", "three");
    assertThat(seam.consumedBytes).isEqualTo(11);
  }

  @Test
  void keepsTheOpenEventForAHandlerThatComesLater() {
    SeededSeam seam = SeededSeam.open();
    List<String> events = new ArrayList<>();
    seam.channel.onOpen(() -> events.add("open"));
    seam.runAll();
    seam.channel.onOpen(() -> events.add("again"));
    seam.runAll();
    assertThat(events).containsExactly("open");
  }

  @Test
  void firesErrorThenCloseWhenThePeerIsLost() {
    SeededSeam seam = SeededSeam.open();
    List<String> events = new ArrayList<>();
    seam.channel.onClosing(() -> events.add("closing"));
    seam.channel.onError(error -> events.add("error " + error.getMessage()));
    seam.channel.onClose(() -> events.add("close " + seam.channel.readyState()));
    seam.onLoop(() -> seam.channel.loopSide().onClosed(false, "consent expired"));
    seam.runAll();
    assertThat(events).containsExactly("error consent expired", "close closed");
  }

  @Test
  void firesClosingThenCloseWhenTheRemoteCloses() {
    SeededSeam seam = SeededSeam.open();
    List<String> events = new ArrayList<>();
    seam.channel.onClosing(() -> events.add("closing"));
    seam.channel.onError(error -> events.add("error"));
    seam.channel.onClose(() -> events.add("close"));
    seam.onLoop(() -> seam.channel.loopSide().onClosing());
    seam.onLoop(() -> seam.channel.loopSide().onClosed(true, "closed"));
    seam.runAll();
    assertThat(events).containsExactly("closing", "close");
  }

  @Test
  void firesNothingAfterTheConnectionWasClosed() {
    SeededSeam seam = SeededSeam.open();
    List<String> events = new ArrayList<>();
    seam.channel.onMessage(message -> events.add("message"));
    seam.channel.onClose(() -> events.add("close"));
    deliver(seam, "in flight");
    seam.loop.runTurn();
    seam.callbacks.silence();
    seam.channel.finish(new ChannelEnd(false, "closed here"));
    seam.onLoop(() -> seam.channel.loopSide().onClosed(false, "closed here"));
    seam.runAll();
    assertThat(events).isEmpty();
    assertThat(seam.channel.closed()).isDone();
  }

  @Test
  void takesOneReaderOnly() {
    SeededSeam byHandler = SeededSeam.open();
    byHandler.channel.onMessage(message -> {});
    assertError("InvalidStateError", byHandler.channel::inputStream);

    SeededSeam byStream = SeededSeam.open();
    InputStream unused = byStream.channel.inputStream();
    assertError("InvalidStateError", () -> byStream.channel.onMessage(message -> {}));
    assertError("InvalidStateError", byStream.channel::inputStream);
  }

  @Test
  void readsWhatCameBeforeTheStreamAndEndsAfterAnOrderlyClose() throws IOException {
    SeededSeam seam = SeededSeam.open();
    deliver(seam, "hello ");
    deliver(seam, "");
    seam.runAll();
    InputStream in = seam.channel.inputStream();
    deliver(seam, "world");
    seam.onLoop(() -> seam.channel.loopSide().onClosed(true, "closed"));
    seam.runAll();
    assertThat(in.readAllBytes()).isEqualTo("hello world".getBytes(StandardCharsets.UTF_8));
    assertThat(seam.consumedBytes).as("and one for the empty message").isEqualTo(12);
  }

  @Test
  void endsTheStreamWithAnExceptionWhenThePeerIsLost() throws IOException {
    SeededSeam seam = SeededSeam.open();
    InputStream in = seam.channel.inputStream();
    deliver(seam, "half");
    seam.onLoop(() -> seam.channel.loopSide().onClosed(false, "consent expired"));
    seam.runAll();
    assertThat(in.readNBytes(4)).hasSize(4);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(in::read)
        .withMessageContaining("consent expired");
  }

  @Test
  void refusesToBlockTheLoop() {
    SeededSeam seam = SeededSeam.open();
    InputStream in = seam.channel.inputStream();
    var out = seam.channel.outputStream();
    List<Throwable> thrown = new ArrayList<>();
    seam.onLoop(
        () -> {
          thrown.add(catchThrowable(in::read));
          thrown.add(catchThrowable(() -> out.write(1)));
          thrown.add(catchThrowable(out::close));
          thrown.add(catchThrowable(() -> seam.channel.closed().join()));
          thrown.add(catchThrowable(() -> seam.channel.closed().get()));
        });
    seam.runAll();
    assertThat(thrown).hasSize(5).allMatch(e -> e instanceof IllegalStateException);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void deliversEachMessageOnceInOrderWhateverTheThreadsDo(long seed) {
    Random random = new Random(seed);
    SeededSeam seam = SeededSeam.open();
    List<String> received = new ArrayList<>();
    long arrivedBytes = 0;
    for (int i = 0; i < 500; i++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          String text = Integer.toString(i);
          arrivedBytes += text.length();
          deliver(seam, text);
        }
        case 2 -> seam.channel.onMessage(null);
        case 3 ->
            seam.channel.onMessage(
                message -> {
                  received.add(message.text());
                  if (random.nextInt(10) == 0) {
                    throw new IllegalStateException("thrown by the test's handler");
                  }
                });
        case 4 -> seam.channel.send(new byte[random.nextInt(2000)]);
        default -> leave(seam, random);
      }
      seam.step(random);
    }
    seam.channel.onMessage(message -> received.add(message.text()));
    seam.runAll();
    leaveAll(seam);
    assertThat(received).as("seed %d", seed).isSortedAccordingTo(ChannelSeamTest::byNumber);
    assertThat(seam.consumedBytes).as("seed %d", seed).isEqualTo(arrivedBytes);
    assertThat(seam.channel.bufferedAmount()).as("seed %d", seed).isZero();
  }

  private static int byNumber(String a, String b) {
    return Integer.compare(Integer.parseInt(a), Integer.parseInt(b));
  }

  private static void leave(SeededSeam seam, Random random) {
    seam.onLoop(
        () -> {
          if (!seam.port.sent.isEmpty() && random.nextBoolean()) {
            seam.channel.loopSide().onSent(seam.port.sent.remove(0).length, 1);
          }
        });
  }

  private static void leaveAll(SeededSeam seam) {
    seam.onLoop(
        () -> seam.port.sent.forEach(message -> seam.channel.loopSide().onSent(message.length, 1)));
    seam.runAll();
  }

  private static void deliver(SeededSeam seam, String text) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    seam.onLoop(() -> seam.channel.loopSide().onMessage(true, message));
  }

  private static void assertError(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RTCException.class, error -> assertThat(error.name()).isEqualTo(name));
  }
}
