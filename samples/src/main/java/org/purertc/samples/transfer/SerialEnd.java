package org.purertc.samples.transfer;

import java.util.concurrent.CompletableFuture;

/**
 * Lets the events of the channel and the news that the peer is lost come from different threads.
 */
public record SerialEnd(TransferEnd end) implements TransferEnd {

  @Override
  public void onOpen() {
    synchronized (end) {
      end.onOpen();
    }
  }

  @Override
  public void onText(String text) {
    synchronized (end) {
      end.onText(text);
    }
  }

  @Override
  public void onBinary(byte[] bytes) {
    synchronized (end) {
      end.onBinary(bytes);
    }
  }

  @Override
  public void onWritable() {
    synchronized (end) {
      end.onWritable();
    }
  }

  @Override
  public void onLost(String reason) {
    synchronized (end) {
      end.onLost(reason);
    }
  }

  @Override
  public String other() {
    return end.other();
  }

  @Override
  public CompletableFuture<TransferResult> result() {
    return end.result();
  }
}
