package org.purertc.samples.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.share.Shares.LocalTargets;
import org.purertc.samples.transfer.Approval;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.RateLimit;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferResult;

/** {@code send} and {@code receive} in one JVM, over real sockets. */
class ShareTest {
  private static final long LIMIT_SECONDS = 60;
  private static final int LARGE_BYTES = 30_000_000;

  private final Shares shares = new Shares();
  @TempDir private Path source;
  @TempDir private Path target;

  @AfterEach
  void stop() {
    shares.close();
  }

  private Path file(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(source.resolve(name), content);
  }

  private TransferResult receive(ShareServer server) throws IOException {
    return shares.receive(Shares.link(server.port()), target, false);
  }

  private FailureCode refusal(ShareServer server, Approval approval) {
    Receiver receiver =
        shares.receiver(Shares.link(server.port()), new LocalTargets(target, false));
    return catchThrowableOfType(
            TransferException.class, () -> receiver.run(Shares.options().withApproval(approval)))
        .code();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, 3_000_000})
  void aFileArrives(int bytes) throws Exception {
    Path file = file("Größe 大小 (1).txt", bytes);
    ShareOffer offer = shares.offer(false, file);
    try (ShareServer server = shares.serve(offer)) {
      TransferResult received = receive(server);
      assertThat(Shares.done(offer)).isEqualTo(received);
      assertThat(target.resolve("Größe 大小 (1).txt")).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void aDirectoryArrives() throws Exception {
    Path tree = Files.createDirectories(source.resolve("tree/empty")).getParent();
    Files.writeString(tree.resolve("a"), "hello");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("a"));
    ShareOffer offer = shares.offer(false, tree);
    try (ShareServer server = shares.serve(offer)) {
      receive(server);
      Shares.done(offer);
      assertThat(target.resolve("tree/empty")).isEmptyDirectory();
      assertThat(target.resolve("tree/link")).isSymbolicLink().hasContent("hello");
    }
  }

  @Test
  void anExistingFileIsRefusedAndTheLinkStaysValid() throws Exception {
    Path file = file("data", 1_000);
    Files.writeString(target.resolve("data"), "old");
    ShareOffer offer = shares.offer(false, file);
    try (ShareServer server = shares.serve(offer)) {
      assertThatThrownBy(() -> receive(server))
          .isInstanceOf(TransferException.class)
          .hasMessageContaining("exists already; --force replaces it");
      assertThat(target.resolve("data")).hasContent("old");
      assertThat(target).isDirectoryNotContaining("glob:**.part");
      shares.receive(Shares.link(server.port()), target, true);
      Shares.done(offer);
      assertThat(target.resolve("data")).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void manyReceiversGetTheFile(@TempDir Path other) throws Exception {
    ShareOffer offer = shares.offer(true, file("data", 1_000));
    try (ShareServer server = shares.serve(offer)) {
      receive(server);
      shares.receive(Shares.link(server.port()), other, false);
      assertThat(other.resolve("data")).hasSameBinaryContentAs(source.resolve("data"));
      assertThat(offer.done()).isNotDone();
    }
  }

  @Test
  void theLinkIsUsedUpWhenTheFileHasArrived() throws Exception {
    ShareOffer offer = shares.offer(false, file("data", 1_000));
    try (ShareServer server = shares.serve(offer)) {
      receive(server);
      assertThat(refusal(server, Approval.YES)).isEqualTo(FailureCode.BUSY);
    }
  }

  @Test
  void whoDeclinesEndsTheOffer() throws Exception {
    ShareOffer offer = shares.offer(false, file("data", 1_000));
    try (ShareServer server = shares.serve(offer)) {
      Approval no = manifest -> CompletableFuture.completedFuture(false);
      assertThat(refusal(server, no)).isEqualTo(FailureCode.DECLINED);
      assertThatThrownBy(() -> Shares.done(offer)).rootCause().hasMessageContaining("declined");
    }
  }

  @Test
  void withoutTheSecretNobodyGetsAnything() throws Exception {
    ShareOffer offer = shares.offer(false, file("data", 1_000));
    try (ShareServer server = shares.serve(offer)) {
      ShareLink wrong =
          new ShareLink(
              "http://127.0.0.1:" + server.port(),
              Shares.ROOM,
              new LinkSecret("AAAAAAAAAAAAAAAAAAAAAA"));
      TransferException refusal =
          catchThrowableOfType(TransferException.class, () -> shares.receive(wrong, target, false));
      assertThat(refusal.code()).isEqualTo(FailureCode.AUTHENTICATION);
      assertThat(target).isEmptyDirectory();
      receive(server);
      Shares.done(offer);
    }
  }

  @Test
  void aSignalingServerInBetweenIsNoticedAndHearsNothing() throws Exception {
    ShareOffer offer = shares.offer(false, file("data", 1_000));
    try (ShareServer server = shares.serve(offer);
        HostileSignaling hostile = new HostileSignaling(Shares.link(server.port()))) {
      TransferException refusal =
          catchThrowableOfType(
              TransferException.class,
              () -> shares.receive(Shares.link(hostile.port()), target, false));
      assertThat(refusal.code()).isEqualTo(FailureCode.AUTHENTICATION);
      assertThat(hostile.heard()).hasSize(2);
      assertThat(hostile.heard()).noneMatch(text -> text.contains("data"));
      assertThat(target).isEmptyDirectory();
      assertThat(offer.done()).isNotDone();
    }
  }

  /** Runs {@code action} once when the first bytes have been reported. */
  private Receiver receiver(
      ShareLink link, AtomicReference<RTCPeerConnection> peer, Runnable once) {
    return new Receiver(
        Shares.rendezvous(
            link,
            () -> {
              peer.set(shares.peer());
              return peer.get();
            }),
        new LocalTargets(target, false)::next,
        Patience.of(Duration.ofSeconds(20)),
        new FirstProgress(once));
  }

  @Test
  void aLostConnectionIsReplacedAndTheTransferGoesOn() throws Exception {
    Path file = file("data", LARGE_BYTES);
    ShareOffer offer = shares.offer(false, RateLimit.of(20_000_000), file);
    try (ShareServer server = shares.serve(offer)) {
      AtomicReference<RTCPeerConnection> peer = new AtomicReference<>();
      Receiver receiver = receiver(Shares.link(server.port()), peer, () -> peer.get().close());
      TransferResult result = receiver.run(Shares.options());
      assertThat(result.alreadyBytes()).isPositive();
      assertThat(Shares.done(offer)).isEqualTo(result);
      assertThat(target.resolve("data")).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void theTransferOutlivesItsSignaling() throws Exception {
    Path file = file("data", LARGE_BYTES);
    ShareOffer offer = shares.offer(false, RateLimit.of(20_000_000), file);
    try (ShareServer server = shares.serve(offer);
        CuttableProxy proxy = new CuttableProxy(server.port())) {
      Receiver receiver =
          receiver(Shares.link(proxy.port()), new AtomicReference<>(), () -> cut(proxy));
      assertThat(receiver.run(Shares.options()).alreadyBytes()).isZero();
      Shares.done(offer);
      assertThat(target.resolve("data")).hasSameBinaryContentAs(file);
    }
  }

  private static void cut(CuttableProxy proxy) {
    try {
      proxy.cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSecondReceiverIsTurnedAwayWhileTheFirstIsServed(@TempDir Path other) throws Exception {
    ShareOffer offer = shares.offer(false, RateLimit.of(1_000_000), file("data", LARGE_BYTES));
    try (ShareServer server = shares.serve(offer)) {
      CountDownLatch moving = new CountDownLatch(1);
      Receiver first =
          receiver(Shares.link(server.port()), new AtomicReference<>(), moving::countDown);
      CompletableFuture<FailureCode> end =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(TransferException.class, () -> first.run(Shares.options()))
                      .code());
      assertThat(moving.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> shares.receive(Shares.link(server.port()), other, false))
          .hasMessageContaining("serving another receiver");
      first.leave();
      assertThat(end.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(FailureCode.LEFT);
      assertThat(offer.done()).isNotDone();
      assertThat(target).isDirectoryContaining("glob:**.part");
    }
  }
}
