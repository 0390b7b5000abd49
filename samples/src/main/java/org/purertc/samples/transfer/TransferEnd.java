package org.purertc.samples.transfer;

import java.util.concurrent.CompletableFuture;

/**
 * One end of a transfer, driven by the events of its channel.
 *
 * <p>The events come one at a time; a data channel's callbacks do.
 */
public interface TransferEnd {

  void onOpen();

  void onText(String text);

  void onBinary(byte[] bytes);

  /** The channel can take more. */
  void onWritable();

  /** The channel is closed or its peer is lost: nothing more comes. */
  void onLost(String reason);

  /** Who is at the other end, for messages: "the sender" or "the receiver". */
  String other();

  /** Completes with the verified file, or with a {@link TransferException}. */
  CompletableFuture<TransferResult> result();
}
