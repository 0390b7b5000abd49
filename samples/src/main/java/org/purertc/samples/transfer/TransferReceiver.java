package org.purertc.samples.transfer;

import java.util.concurrent.CompletableFuture;

/** The receiver's end. */
public final class TransferReceiver implements TransferEnd {
  private final CompletableFuture<TransferResult> result = new CompletableFuture<>();

  public TransferReceiver(
      TransferChannel channel, TransferTarget target, ReceiverOptions options) {}

  @Override
  public void onOpen(long nowNs) {}

  @Override
  public void onText(String text, long nowNs) {}

  @Override
  public void onBinary(byte[] bytes, long nowNs) {}

  @Override
  public void onReady(long nowNs) {}

  @Override
  public long wakeNs() {
    return NEVER;
  }

  @Override
  public void onLost(String reason) {
    result.completeExceptionally(new TransferException(FailureCode.LOST, reason));
  }

  @Override
  public void leave(String reason) {
    result.completeExceptionally(new TransferException(FailureCode.LEFT, reason));
  }

  @Override
  public Role role() {
    return Role.RECEIVER;
  }

  @Override
  public CompletableFuture<TransferResult> result() {
    return result;
  }
}
