package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.samples.transfer.Session.failure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two honest ends. */
class TransferTest {
  /** FIPS 180-4, the hash of no bytes. */
  private static final String SHA256_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final MemoryTarget target = new MemoryTarget();

  private static byte[] bytes(int count) {
    byte[] content = new byte[count];
    new Random(count).nextBytes(content);
    return content;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32_767, 32_768, 32_769, 1 << 20, (9 << 20) + 5})
  void deliversEachByteOnce(int size) {
    byte[] content = bytes(size);
    Session session = new Session(new MemoryTree().file("a.bin", content), target).run();
    session.arrived();
    assertThat(target.files.get("a.bin")).isEqualTo(content);
    assertThat(session.toReceiver.binaryBytes).isEqualTo(size);
    assertThat(session.toReceiver.closed).isTrue();
    assertThat(target.closed).isTrue();
  }

  @Test
  void deliversAnEmptyFile() {
    Session session = new Session(new MemoryTree().file("empty", new byte[0]), target).run();
    assertThat(session.arrived().sha256()).isEqualTo(SHA256_OF_NOTHING);
    assertThat(target.files).containsOnlyKeys("empty");
  }

  @Test
  void deliversATreeWithDirectoriesAndLinks() {
    MemoryTree tree =
        new MemoryTree()
            .entry(Entry.directory("d", 5))
            .entry(Entry.file("d/Größe 大小 \"1\".txt", 3, 7, true), new byte[] {1, 2, 3})
            .entry(Entry.directory("d/empty", -6))
            .entry(Entry.link("d/l", "empty"));
    Session session = new Session(tree, target).run();
    assertThat(session.arrived().manifest()).isEqualTo(tree.scan());
    assertThat(target.files.get("d/Größe 大小 \"1\".txt")).containsExactly(1, 2, 3);
    assertThat(target.others)
        .containsExactly(
            Entry.directory("d", 5), Entry.directory("d/empty", -6), Entry.link("d/l", "empty"));
  }

  @Test
  void deliversDirectoriesOnly() {
    new Session(new MemoryTree().entry(Entry.directory("d", 5)), target).run().arrived();
    assertThat(target.finished).isTrue();
  }

  @Test
  void deliversAStreamOfUnknownLength() {
    byte[] content = bytes(3_000_000);
    Session session =
        new Session(
            new MemoryTree().entry(Entry.file("stdin", Entry.UNKNOWN, 0, false), content), target);
    session.run();
    assertThat(session.arrived().manifest().bytes()).isEqualTo(Entry.UNKNOWN);
    assertThat(target.files.get("stdin")).isEqualTo(content);
  }

  @Test
  void theSenderMayOpenTheChannel() {
    Session session = new Session(new MemoryTree().file("a", bytes(5)), target);
    session.sender.onOpen(0);
    while (session.step()) {
      // Until all is said.
    }
    session.arrived();
  }

  @Test
  void zerosAreNotSent() {
    byte[] content = new byte[5_000_000];
    content[2_500_000] = 1;
    Session session = new Session(new MemoryTree().file("sparse", content), target).run();
    session.arrived();
    assertThat(target.files.get("sparse")).isEqualTo(content);
    assertThat(session.toReceiver.binaryBytes).isLessThanOrEqualTo(2L * TransferSender.CHUNK_BYTES);
  }

  @Test
  void completeFilesAreSkipped() {
    target.files.put("a", bytes(100));
    MemoryTree tree = new MemoryTree().file("a", bytes(100)).file("b", bytes(50));
    Session session = new Session(tree, target).run();
    assertThat(session.arrived().alreadyBytes()).isEqualTo(100);
    assertThat(tree.opened).containsExactly(1);
    assertThat(session.toReceiver.binaryBytes).isEqualTo(50);
  }

  @Test
  void goesOnBehindTheBlocksThatAreEqual() {
    byte[] content = bytes(1_000_000);
    target.parts.put("a", java.util.Arrays.copyOf(content, 700_000));
    Session session = new Session(new MemoryTree().file("a", content), target).run();
    assertThat(session.arrived().alreadyBytes()).isEqualTo(700_000 / 65_536 * 65_536);
    assertThat(target.files.get("a")).isEqualTo(content);
    assertThat(session.toReceiver.binaryBytes).isEqualTo(1_000_000 - 700_000 / 65_536 * 65_536);
  }

  @Test
  void sendsFromTheFirstBlockThatDiffers() {
    byte[] content = bytes(1_000_000);
    byte[] part = java.util.Arrays.copyOf(content, 700_000);
    part[200_000]++;
    target.parts.put("a", part);
    Session session = new Session(new MemoryTree().file("a", content), target).run();
    assertThat(session.arrived().alreadyBytes()).isEqualTo(3 * 65_536);
    assertThat(target.files.get("a")).isEqualTo(content);
  }

  @Test
  void tellsHowItGoes() {
    List<String> told = new ArrayList<>();
    TransferListener listener =
        new TransferListener() {
          @Override
          public void onOffer(Manifest manifest) {
            told.add("offer " + manifest.title());
          }

          @Override
          public void onStart(long alreadyBytes) {
            told.add("start " + alreadyBytes);
          }

          @Override
          public void onFile(Entry entry) {
            told.add("file " + entry.path());
          }

          @Override
          public void onProgress(long bytesOfAll) {
            told.add("progress " + bytesOfAll);
          }
        };
    target.files.put("a", bytes(100));
    MemoryTree tree = new MemoryTree().file("a", bytes(100)).file("b", bytes(50));
    new Session(tree, target, SenderOptions.DEFAULT, ReceiverOptions.DEFAULT.withListener(listener))
        .run()
        .arrived();
    assertThat(told).containsExactly("offer 2 files", "start 100", "file b", "progress 150");
  }

  @Test
  void manySmallFilesDoNotWaitForRoundTrips() {
    MemoryTree tree = new MemoryTree();
    for (int i = 0; i < 1_000; i++) {
      tree.file("f" + i, bytes(10));
    }
    Session session = new Session(tree, target);
    session.receiver.onOpen(0);
    while (!session.toReceiver.texts().stream().anyMatch(it -> it.contains("\"offer\""))) {
      session.step();
    }
    session.toReceiver.drain();
    session.sender.onText("{\"type\":\"accept\",\"limit\":0}", 0);
    assertThat(session.toReceiver.texts()).filteredOn(it -> it.contains("\"end\"")).hasSize(1_000);
  }

  @Test
  void aManifestOfManyEntriesComesInSmallMessages() {
    MemoryTree tree = new MemoryTree();
    for (int i = 0; i < 3_000; i++) {
      tree.file("a rather long name of a file, number " + i, new byte[0]);
    }
    Session session = new Session(tree, target);
    session.receiver.onOpen(0);
    session.toSender.deliver(session.sender, 0);
    assertThat(session.toReceiver.texts())
        .hasSizeGreaterThan(10)
        .allMatch(it -> it.length() <= ManifestPages.MAX_BYTES);
    session.run().arrived();
    assertThat(target.files).hasSize(3_000);
  }

  @Test
  void stopsAtTheHighWaterMarkOfTheChannel() {
    Session session = accepted(new MemoryTree().file("a", bytes(3 << 20)));
    assertThat(session.toReceiver.bufferedBytes)
        .isBetween(
            TransferSender.HIGH_WATER_BYTES,
            TransferSender.HIGH_WATER_BYTES + TransferSender.CHUNK_BYTES);
  }

  @Test
  void stopsOneWindowAheadOfTheReceiver() {
    Session session = accepted(new SeededFile("a", 100L << 20, 1));
    while (session.toReceiver.bufferedBytes > 0) {
      session.toReceiver.drain();
      session.sender.onReady(0);
    }
    assertThat(session.toReceiver.binaryBytes).isEqualTo(TransferSender.WINDOW_BYTES);
    session.sender.onText("{\"type\":\"received\",\"bytes\":1048576}", 0);
    assertThat(session.toReceiver.binaryBytes).isEqualTo(TransferSender.WINDOW_BYTES + (1 << 20));
  }

  @Test
  void zerosCountForTheWindow() {
    Session session = accepted(new MemoryTree().file("a", new byte[20 << 20]));
    session.toReceiver.drain();
    session.sender.onReady(0);
    assertThat(session.toReceiver.sent).isEmpty();
  }

  @Test
  void sendsNoLongerMessageThanTheOtherSideTakes() {
    Session session = new Session(new MemoryTree().file("a", bytes(2_500)), target);
    session.toReceiver.maxMessageBytes = 1_000;
    accept(session);
    assertThat(session.toReceiver.sent)
        .filteredOn(it -> it instanceof byte[])
        .allMatch(it -> ((byte[]) it).length <= 1_000)
        .hasSize(3);
  }

  /** A sender that was told to begin, its messages still in the channel. */
  private Session accepted(TransferSource source) {
    return accept(new Session(source, target));
  }

  private static Session accept(Session session) {
    session.sender.onText("{\"type\":\"hello\",\"version\":2,\"role\":\"receiver\"}", 0);
    session.toReceiver.drain();
    session.sender.onText("{\"type\":\"accept\",\"limit\":0}", 0);
    return session;
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LOST"})
  void bothSidesKnowWhyTheTargetRefused(FailureCode code) {
    target.refusal = new TransferException(code, "refused: no");
    Session session = new Session(new MemoryTree().file("a", bytes(10)), target).run();
    assertThat(failure(session.receiver).code()).isEqualTo(code);
    assertThat(failure(session.receiver).isTold()).isFalse();
    assertThat(failure(session.sender).code()).isEqualTo(code);
    assertThat(failure(session.sender).isTold()).isTrue();
    assertThat(failure(session.sender)).hasMessage("the receiver gave up: refused: no");
    assertThat(session.toReceiver.binaryBytes).isZero();
  }

  @Test
  void aFullDiskIsToldAndThePartStays() {
    target.roomBytes = 1_000_000;
    MemoryTree tree = new MemoryTree().file("a", bytes(3_000_000));
    Session session = new Session(tree, target).run();
    assertThat(failure(session.sender).code()).isEqualTo(FailureCode.DISK);
    assertThat(target.files).isEmpty();
    target.roomBytes = Long.MAX_VALUE;
    Session again = new Session(tree, target).run();
    assertThat(again.arrived().alreadyBytes()).isEqualTo(1_000_000 / 65_536 * 65_536);
  }

  @Test
  void aSourceThatCannotBeReadIsToldToBoth() {
    MemoryTree tree = new MemoryTree().file("a", bytes(10));
    tree.entry(Entry.file("b", 20, 0, false), bytes(10));
    tree.failure = new IOException("Input/output error");
    Session session = new Session(tree, target).run();
    assertThat(failure(session.sender).code()).isEqualTo(FailureCode.SOURCE);
    assertThat(failure(session.receiver).reason()).contains("Input/output error");
    assertThat(target.files).containsOnlyKeys("a");
  }

  @Test
  void aSourceThatBecameShorterIsToldToBoth() {
    MemoryTree tree = new MemoryTree().entry(Entry.file("a", 20, 0, false), bytes(10));
    Session session = new Session(tree, target).run();
    assertThat(failure(session.sender).code()).isEqualTo(FailureCode.SOURCE);
    assertThat(failure(session.receiver).reason()).contains("became shorter");
    assertThat(target.files).isEmpty();
  }

  @Test
  void aSourceThatChangedIsNotCommitted() {
    MemoryTree tree = new MemoryTree().file("a", bytes(10));
    tree.changed = true;
    Session session = new Session(tree, target).run();
    assertThat(failure(session.receiver).code()).isEqualTo(FailureCode.SOURCE);
    assertThat(target.files).isEmpty();
  }

  @Test
  void theReceiversUserMayDecline() {
    CompletableFuture<Boolean> decision = new CompletableFuture<>();
    Session session =
        new Session(
            new MemoryTree().file("a", bytes(10)),
            target,
            SenderOptions.DEFAULT,
            ReceiverOptions.DEFAULT.withApproval(manifest -> decision));
    session.receiver.onOpen(0);
    for (int i = 0; i < 100; i++) {
      session.step();
    }
    assertThat(session.toReceiver.binaryBytes).isZero();
    decision.complete(false);
    while (session.step()) {
      // Until all is said.
    }
    assertThat(failure(session.sender).code()).isEqualTo(FailureCode.DECLINED);
  }

  @Test
  void theReceiversUserMayTakeTime() {
    CompletableFuture<Boolean> decision = new CompletableFuture<>();
    Session session =
        new Session(
            new MemoryTree().file("a", bytes(10)),
            target,
            SenderOptions.DEFAULT,
            ReceiverOptions.DEFAULT.withApproval(manifest -> decision));
    session.receiver.onOpen(0);
    for (int i = 0; i < 100; i++) {
      session.step();
    }
    decision.complete(true);
    session.run().arrived();
  }

  @Test
  void nothingIsToldToWhoIsNotAdmitted() {
    Session session =
        new Session(
            new MemoryTree().file("a", bytes(10)),
            target,
            SenderOptions.DEFAULT.withAdmission(
                hello -> {
                  throw new TransferException(
                      FailureCode.BUSY, "another receiver: " + hello.receiver());
                }),
            ReceiverOptions.DEFAULT.withReceiverId("r7"));
    session.run();
    assertThat(failure(session.receiver).code()).isEqualTo(FailureCode.BUSY);
    assertThat(failure(session.receiver).reason()).contains("another receiver: r7");
  }

  @Test
  void aWrongProofEndsItOnEitherSide() {
    Session wrongReceiver = session(secret("one"), secret("other"));
    assertThat(failure(wrongReceiver.sender).code()).isEqualTo(FailureCode.AUTHENTICATION);
    assertThat(failure(wrongReceiver.receiver).isTold()).isTrue();
    Session wrongSender = session(Authenticator.NONE, secret("one"));
    assertThat(failure(wrongSender.receiver).code()).isEqualTo(FailureCode.AUTHENTICATION);
    session(secret("one"), secret("one")).arrived();
  }

  private Session session(Authenticator sender, Authenticator receiver) {
    return new Session(
            new MemoryTree().file("a", bytes(10)),
            new MemoryTarget(),
            SenderOptions.DEFAULT.withAuthenticator(sender),
            ReceiverOptions.DEFAULT.withAuthenticator(receiver))
        .run();
  }

  private static Authenticator secret(String secret) {
    return new Authenticator() {
      @Override
      public String proof(Role role) {
        return secret + role;
      }

      @Override
      public boolean accepts(Role role, String proof) {
        return proof.equals(secret + role);
      }
    };
  }

  @Test
  void whoLeavesSaysSo() {
    Session session = accepted(new SeededFile("a", 100L << 20, 1));
    session.sender.leave("interrupted");
    assertThat(failure(session.sender).code()).isEqualTo(FailureCode.LEFT);
    assertThat(session.toReceiver.texts()).last().asString().contains("\"code\":\"left\"");
    assertThat(session.toReceiver.closed).isTrue();
  }

  @Test
  void whoHasEverythingNeedsNoLastWord() {
    Session session = new Session(new MemoryTree().file("a", bytes(10)), target);
    session.receiver.onOpen(0);
    while (!target.finished) {
      session.step();
    }
    session.toReceiver.drain();
    session.receiver.onLost("gone");
    assertThat(session.receiver.result()).isCompleted();
  }

  @Test
  void keepsToTheLowerOfTwoLimits() {
    Session session =
        new Session(
            new SeededFile("a", 10_000_000, 1),
            new DiscardingTarget(Long.MAX_VALUE),
            SenderOptions.DEFAULT.withLimit(RateLimit.of(5_000_000)),
            ReceiverOptions.DEFAULT.withLimit(1_000_000));
    session.run().arrived();
    assertThat(session.nowNs).isBetween(9_500_000_000L, 10_100_000_000L);
  }

  @Test
  void offsetsAreLongerThan32Bits() {
    long total = (5L << 30) + 12_345;
    Plan.Blocks have = new Plan.Blocks(0, 5L << 30, new byte[ContentHash.BYTES]);
    FakeChannel channel = new FakeChannel();
    HugeSource source = new HugeSource(total);
    TransferSender sender =
        new TransferSender(channel, source, SenderOptions.DEFAULT, FixedHash::create);
    sender.onText("{\"type\":\"hello\",\"version\":2,\"role\":\"receiver\"}", 0);
    sender.onText(
        MessageWriter.write(new TransferMessage.Have(0, have.block(), FixedHash.VALUE)), 0);
    sender.onText("{\"type\":\"accept\",\"limit\":0}", 0);
    while (sender.wakeNs() != TransferEnd.NEVER) {
      sender.onReady(0);
    }
    assertThat(channel.texts())
        .contains("{\"type\":\"file\",\"file\":0,\"from\":" + (5L << 30) + "}");
    assertThat(channel.binaryBytes).isEqualTo(12_345);
  }
}
