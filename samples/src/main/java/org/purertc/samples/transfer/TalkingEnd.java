package org.purertc.samples.transfer;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.purertc.samples.transfer.TransferMessage.Failed;

/** How both ends speak, fail and end; what they say in between is their own. */
abstract class TalkingEnd implements TransferEnd {
  private final TransferChannel channel;
  private final CompletableFuture<TransferResult> result = new CompletableFuture<>();

  /** {@link #wakeNs()}. */
  long wakeNs = NEVER;

  TalkingEnd(TransferChannel channel) {
    this.channel = channel;
  }

  abstract boolean isFinished();

  /**
   * Is finished from now on and lets go of what is open; called once, before the result is told.
   */
  abstract void release();

  /** What {@code e}, which is no {@link TransferException}, means at this end. */
  abstract TransferException localFailure(IOException e);

  @Override
  public final CompletableFuture<TransferResult> result() {
    return result;
  }

  @Override
  public final long wakeNs() {
    return wakeNs;
  }

  @Override
  public final void leave(String reason) {
    fail(new TransferException(FailureCode.LEFT, reason));
  }

  final void send(TransferMessage message) {
    channel.send(MessageWriter.write(message));
  }

  /** Tells the other side, too. */
  final void fail(IOException e) {
    if (isFinished()) {
      return;
    }
    TransferException failure = e instanceof TransferException it ? it : localFailure(e);
    send(new Failed(failure.code(), failure.reason()));
    finish(failure);
    channel.close();
  }

  /** The other side said that it gave up. */
  final void gaveUp(Failed told) {
    String who = "the " + role().other().word() + " gave up: ";
    finish(TransferException.told(told.code(), who + told.reason()));
    channel.close();
  }

  final void finish(TransferException failure) {
    if (finish()) {
      result.completeExceptionally(failure);
    }
  }

  final void finish(TransferResult arrived) {
    if (finish()) {
      result.complete(arrived);
    }
  }

  /** False when it was finished before. */
  private boolean finish() {
    if (isFinished()) {
      return false;
    }
    wakeNs = NEVER;
    release();
    return true;
  }
}
