package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopFutureTest {
  private final SeededSeam seam = new SeededSeam();

  @Test
  void isJoinedAsSoonAsTheLoopHasTheResult() {
    LoopFuture<String> future = seam.threads.newFuture();
    future.settle("result"); // no callback ran so far
    assertThat(future.join()).isEqualTo("result");
    assertThat(future).isDone();
  }

  @Test
  void runsDependentStagesOnTheCallbackExecutorInEventOrder() {
    List<String> order = new ArrayList<>();
    LoopFuture<String> future = seam.threads.newFuture();
    CompletableFuture<Void> stage = future.thenAccept(value -> order.add("stage"));
    seam.callbacks.event(() -> order.add("earlier event"));
    seam.onLoop(() -> future.settle("result"));
    seam.onLoop(() -> seam.callbacks.event(() -> order.add("later event")));
    seam.loop.runTurn();
    assertThat(order).isEmpty();
    seam.runAll();
    assertThat(order).containsExactly("earlier event", "stage", "later event");
    assertThat(stage).isDone();
  }

  @Test
  void runsAsyncStagesOnTheCallbackExecutor() {
    List<Boolean> inCallback = new ArrayList<>();
    LoopFuture<String> future = seam.threads.newFuture();
    CompletableFuture<Void> unused =
        future
            .thenApplyAsync(value -> value)
            .thenAcceptAsync(value -> inCallback.add(seam.callbacks.isCurrent()));
    future.settle("result");
    seam.runAll();
    assertThat(inCallback).containsExactly(true);
  }

  @Test
  void cancellingAViewLeavesTheOthersAlone() {
    LoopFuture<String> future = seam.threads.newFuture();
    LoopFuture<String> cancelled = future.view();
    LoopFuture<String> other = future.view();
    assertThat(cancelled.cancel(true)).isTrue();
    future.settle("result");
    seam.runAll();
    assertThat(cancelled).isCancelled();
    assertThat(other.join()).isEqualTo("result");
  }

  @Test
  void failsItsStagesWithTheReason() {
    LoopFuture<String> future = seam.threads.newFuture();
    List<Throwable> reasons = new ArrayList<>();
    CompletableFuture<String> unused = future.whenComplete((value, reason) -> reasons.add(reason));
    RTCException reason = new RTCException("InvalidStateError", "closed");
    future.fail(reason);
    seam.runAll();
    assertThat(reasons).containsExactly(reason);
    assertThat(future.view()).isCompletedExceptionally();
  }

  @Test
  void timesOutAsAnyFuture() {
    LoopFuture<String> future = seam.threads.newFuture();
    assertThat(future.completeOnTimeout("fallback", 1, TimeUnit.MILLISECONDS).join())
        .isEqualTo("fallback");
  }

  @Test
  void refusesToWaitForAStageThatNeedsTheSameExecutor() {
    LoopFuture<String> future = seam.threads.newFuture();
    CompletableFuture<String> stage = future.thenApply(value -> value);
    List<String> joined = new ArrayList<>();
    seam.callbacks.execute(
        () -> {
          future.settle("result");
          joined.add(future.join());
          assertThatIllegalStateException().isThrownBy(stage::join);
          joined.add("refused");
        });
    seam.runAll();
    assertThat(joined).containsExactly("result", "refused");
  }
}
