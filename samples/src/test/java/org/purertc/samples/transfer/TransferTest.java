package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {
  /** FIPS 180-4, the hash of no bytes. */
  private static final String SHA256_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final FakeChannel toReceiver = new FakeChannel();
  private final FakeChannel toSender = new FakeChannel();
  private final MemoryFile.Target target = new MemoryFile.Target();
  private final List<Long> progress = new ArrayList<>();
  private final TransferListener listener =
      new TransferListener() {
        @Override
        public void onStart(String name, long bytes) {
          progress.add(0L);
        }

        @Override
        public void onProgress(long bytes) {
          progress.add(bytes);
        }
      };

  private FileSender sender(FileSource source) {
    return new FileSender(toReceiver, source, listener);
  }

  private FileReceiver receiver() {
    return FileReceiver.waiting(toSender, target, TransferListener.NONE);
  }

  /** Delivers until nothing is under way. */
  private void run(FileSender sender, FileReceiver receiver) {
    sender.onOpen();
    receiver.onOpen();
    boolean moved = true;
    while (moved) {
      boolean forward = toReceiver.deliver(receiver);
      boolean back = toSender.deliver(sender);
      sender.onWritable();
      moved = forward || back;
    }
  }

  private static byte[] bytes(int count) {
    byte[] content = new byte[count];
    new Random(1).nextBytes(content);
    return content;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32_767, 32_768, 32_769, 1 << 20, (9 << 20) + 5})
  void deliversEachByteOnceAndVerifies(int size) {
    byte[] content = bytes(size);
    FileSender sender = sender(new MemoryFile.Source("a.bin", content));
    FileReceiver receiver = receiver();
    run(sender, receiver);
    assertThat(target.content.toByteArray()).isEqualTo(content);
    assertThat(target.committed).isTrue();
    assertThat(sender.result().join()).isEqualTo(receiver.result().join());
    assertThat(toReceiver.closed).isTrue();
    assertThat(progress).endsWith((long) size);
  }

  @Test
  void deliversAnEmptyFile() {
    FileSender sender = sender(new MemoryFile.Source("empty", new byte[0]));
    run(sender, receiver());
    assertThat(target.committed).isTrue();
    assertThat(sender.result().join().sha256()).isEqualTo(SHA256_OF_NOTHING);
  }

  @Test
  void keepsNamesThatAreNotAscii() {
    FileSender sender = sender(new MemoryFile.Source("Größe 大小.txt", bytes(3)));
    run(sender, receiver());
    assertThat(target.name).isEqualTo("Größe 大小.txt");
  }

  @Test
  void sendsNothingBeforeTheReceiverAccepts() {
    FileSender sender = sender(new MemoryFile.Source("a", bytes(100)));
    sender.onOpen();
    sender.onWritable();
    assertThat(toReceiver.sent).hasSize(1);
  }

  @Test
  void stopsAtTheHighWaterMarkOfTheChannel() {
    FileSender sender = sender(new MemoryFile.Source("a", bytes(3 << 20)));
    sender.onOpen();
    sender.onText("{\"type\":\"accept\"}");
    assertThat(toReceiver.bufferedBytes)
        .isBetween(
            FileSender.HIGH_WATER_BYTES, FileSender.HIGH_WATER_BYTES + FileSender.CHUNK_BYTES);
  }

  @Test
  void stopsOneWindowAheadOfTheReceiver() {
    FileSender sender = sender(new SeededFile("a", 100L << 20, 1));
    sender.onOpen();
    sender.onText("{\"type\":\"accept\"}");
    long sent = 0;
    while (toReceiver.bufferedBytes > 0) {
      sent += toReceiver.bufferedBytes;
      toReceiver.bufferedBytes = 0;
      sender.onWritable();
    }
    assertThat(sent).isEqualTo(FileSender.WINDOW_BYTES);
    sender.onText("{\"type\":\"received\",\"bytes\":1048576}");
    assertThat(toReceiver.bufferedBytes).isEqualTo(1 << 20);
  }

  @Test
  void sendsNoLongerMessageThanTheOtherSideTakes() {
    toReceiver.maxMessageBytes = 1_000;
    FileSender sender = sender(new MemoryFile.Source("a", bytes(2_500)));
    sender.onOpen();
    sender.onText("{\"type\":\"accept\"}");
    assertThat(toReceiver.sent.stream().filter(it -> it instanceof byte[]))
        .allMatch(it -> ((byte[]) it).length <= 1_000)
        .hasSize(3);
  }

  @Test
  void tellsTheSenderWhyTheFileIsRefused() {
    target.refusal = "refused: no room";
    FileSender sender = sender(new MemoryFile.Source("a", bytes(10)));
    FileReceiver receiver = receiver();
    run(sender, receiver);
    assertReason(sender, "refused: no room");
    assertReason(receiver, "refused: no room");
    assertThat(target.content.size()).isZero();
  }

  @Test
  void commitsNothingWhenTheHashDiffers() {
    FileReceiver receiver = receiver();
    receiver.onText("{\"type\":\"file\",\"name\":\"a\",\"size\":0}");
    receiver.onText("{\"type\":\"end\",\"sha256\":\"00\"}");
    assertThat(target.committed).isFalse();
    assertThat(target.discarded).isTrue();
    assertThat(toSender.sent.stream().map(Object::toString))
        .anyMatch(it -> it.contains("the SHA-256 differs"));
  }

  @Test
  void takesNoMoreBytesThanNamed() {
    FileReceiver receiver = receiver();
    receiver.onText("{\"type\":\"file\",\"name\":\"a\",\"size\":5}");
    receiver.onBinary(new byte[6]);
    assertReason(receiver, "more bytes than it had named");
    assertThat(target.content.size()).isZero();
    assertThat(target.discarded).isTrue();
  }

  @Test
  void takesNoBytesBeforeTheName() {
    FileReceiver receiver = receiver();
    receiver.onBinary(new byte[1]);
    assertReason(receiver, "more bytes than it had named");
  }

  @Test
  void refusesAnEndThatComesTooEarly() {
    FileReceiver receiver = receiver();
    receiver.onText("{\"type\":\"file\",\"name\":\"a\",\"size\":5}");
    receiver.onText("{\"type\":\"end\",\"sha256\":\"" + SHA256_OF_NOTHING + "\"}");
    assertReason(receiver, "ended after 0 bytes");
    assertThat(target.committed).isFalse();
  }

  @Test
  void noticesThatTheFileBecameShorter() {
    FileSender sender = sender(new MemoryFile.Source("a", bytes(10), 20));
    run(sender, receiver());
    assertReason(sender, "became shorter");
    assertThat(target.committed).isFalse();
  }

  @Test
  void discardsWhenThePeerIsLost() {
    FileReceiver receiver = receiver();
    receiver.onText("{\"type\":\"file\",\"name\":\"a\",\"size\":5}");
    receiver.onBinary(new byte[2]);
    receiver.onLost("gone");
    assertReason(receiver, "gone");
    assertThat(target.discarded).isTrue();
  }

  @Test
  void aReasonOfTheOtherSideIsOneLineWithoutControlCharacters() {
    FileSender sender = sender(new MemoryFile.Source("a", bytes(10)));
    sender.onText("{\"type\":\"failed\",\"reason\":\"a\\n\\u001b[31mb\"}");
    assertReason(sender, "a [31mb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "null", "[]", "{}", "{\"type\":\"none\"}", "{\"type\":\"end\"}"})
  void anyTextIsAFailureAndNoException(String text) {
    FileReceiver receiver = receiver();
    receiver.onText(text);
    assertThat(receiver.result()).isCompletedExceptionally();
    FileSender sender = sender(new MemoryFile.Source("a", bytes(10)));
    sender.onText(text);
    assertThat(sender.result()).isCompletedExceptionally();
  }

  @Test
  void asksForTheFileWhenItOpenedTheChannel() {
    FileReceiver.asking(toSender, target, TransferListener.NONE).onOpen();
    assertThat(toSender.sent.poll()).isEqualTo("{\"type\":\"fetch\",\"size\":0}");
  }

  @Test
  void aSeededFileIsTheSameEachTime() throws Exception {
    SeededFile file = new SeededFile("a", 100_003, 7);
    byte[] first = file.open().readAllBytes();
    assertThat(first).hasSize(100_003).isEqualTo(file.open().readAllBytes());
  }

  private static void assertReason(TransferEnd end, String reason) {
    assertThatThrownBy(() -> end.result().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TransferException.class)
        .hasMessageContaining(reason);
  }
}
