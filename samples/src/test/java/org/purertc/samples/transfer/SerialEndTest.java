package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialEndTest {
  private static final long LIMIT_SECONDS = 60;

  /** Wants to be woken a few times, and completes then. */
  private static final class Sleeper implements TransferEnd {
    private final CompletableFuture<TransferResult> result = new CompletableFuture<>();
    private int wakes = 3;
    private long wakeNs = NEVER;

    @Override
    public void onOpen(long nowNs) {
      wakeNs = nowNs + 1_000_000;
    }

    @Override
    public void onReady(long nowNs) {
      wakes--;
      wakeNs = wakes > 0 ? nowNs + 1_000_000 : NEVER;
      if (wakes == 0) {
        result.complete(new TransferResult(Manifest.of(java.util.List.of()), 0, ""));
      }
    }

    @Override
    public long wakeNs() {
      return wakeNs;
    }

    @Override
    public void onText(String text, long nowNs) {}

    @Override
    public void onBinary(byte[] bytes, long nowNs) {}

    @Override
    public void onLost(String reason) {}

    @Override
    public void leave(String reason) {
      result.completeExceptionally(new TransferException(FailureCode.LEFT, reason));
    }

    @Override
    public Role role() {
      return Role.SENDER;
    }

    @Override
    public CompletableFuture<TransferResult> result() {
      return result;
    }
  }

  @Test
  void wakesTheEndAsOftenAsItWants() throws Exception {
    SerialEnd end = new SerialEnd(new Sleeper());
    end.onOpen(System.nanoTime());
    assertThat(end.result().get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void whoInterruptsDoesNotWaitForAnEndThatIsStuck() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Sleeper sleeper = new Sleeper();
    SerialEnd end = new SerialEnd(sleeper);
    sleeper.result.whenComplete(
        (result, failure) -> {
          inside.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    end.onOpen(System.nanoTime());
    inside.await();
    end.leave("interrupted");
    release.countDown();
    assertThat(sleeper.result).isCompleted();
  }
}
