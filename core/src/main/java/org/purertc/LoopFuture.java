package org.purertc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A future that the loop settles. {@code join} and {@code get} return as soon as the loop has the
 * result, also inside a handler; dependent stages run on the callback executor, in event order.
 *
 * <p>It belongs to the caller who got it: completing or cancelling it ends this view only, the
 * operation goes on.
 */
final class LoopFuture<T> extends CompletableFuture<T> {
  private final PeerThreads threads;

  /** The result as the loop has it; it has no dependents, so settling it runs no user code. */
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  LoopFuture(PeerThreads threads) {
    this.threads = threads;
  }

  void settle(T value) {
    if (outcome.complete(value)) {
      threads.callbacks().execute(() -> super.complete(value));
    }
  }

  void fail(Throwable reason) {
    if (outcome.completeExceptionally(reason)) {
      threads.callbacks().execute(() -> super.completeExceptionally(reason));
    }
  }

  /** Another caller's view of the same result. */
  LoopFuture<T> view() {
    LoopFuture<T> view = new LoopFuture<>(threads);
    outcome.whenComplete(
        (value, reason) -> {
          if (reason != null) {
            view.fail(reason);
          } else {
            view.settle(value);
          }
        });
    return view;
  }

  @Override
  public boolean complete(T value) {
    return outcome.complete(value) && super.complete(value);
  }

  @Override
  public boolean completeExceptionally(Throwable reason) {
    return outcome.completeExceptionally(reason) && super.completeExceptionally(reason);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (outcome.cancel(false)) {
      super.cancel(false);
    }
    return isCancelled();
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    executor.execute(
        () -> {
          try {
            complete(supplier.get());
          } catch (RuntimeException | Error e) {
            completeExceptionally(e);
          }
        });
    return this;
  }

  @Override
  public void obtrudeValue(T value) {
    outcome.obtrudeValue(value);
    super.obtrudeValue(value);
  }

  @Override
  public void obtrudeException(Throwable reason) {
    outcome.obtrudeException(reason);
    super.obtrudeException(reason);
  }

  @Override
  public boolean isDone() {
    return outcome.isDone();
  }

  @Override
  public boolean isCancelled() {
    return outcome.isCancelled();
  }

  @Override
  public boolean isCompletedExceptionally() {
    return outcome.isCompletedExceptionally();
  }

  @Override
  public T join() {
    checkMayBlock("join()");
    return outcome.join();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    checkMayBlock("get()");
    return outcome.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    checkMayBlock("get()");
    return outcome.get(timeout, unit);
  }

  @Override
  public T getNow(T valueIfAbsent) {
    return outcome.getNow(valueIfAbsent);
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Stage<>(threads);
  }

  @Override
  public Executor defaultExecutor() {
    return threads.callbacks();
  }

  private void checkMayBlock(String call) {
    if (!outcome.isDone()) {
      threads.checkMayBlock(call);
    }
  }

  /** A dependent stage: it completes on the callback executor, so a handler cannot wait for it. */
  private static final class Stage<T> extends CompletableFuture<T> {
    private final PeerThreads threads;

    Stage(PeerThreads threads) {
      this.threads = threads;
    }

    @Override
    public T join() {
      checkMayBlock("join()");
      return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
      checkMayBlock("get()");
      return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      checkMayBlock("get()");
      return super.get(timeout, unit);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new Stage<>(threads);
    }

    @Override
    public Executor defaultExecutor() {
      return threads.callbacks();
    }

    private void checkMayBlock(String call) {
      if (isDone()) {
        return;
      }
      threads.checkMayBlock(call);
      if (threads.callbacks().isCurrent()) {
        throw new IllegalStateException(
            call
                + " on a dependent stage inside a handler would wait for itself: the stage runs on"
                + " the same executor after this handler; join the first future, or chain on");
      }
    }
  }
}
