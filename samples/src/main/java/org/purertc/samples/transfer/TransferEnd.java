package org.purertc.samples.transfer;

import java.util.concurrent.CompletableFuture;

/**
 * One end of a transfer, driven by the events of its channel.
 *
 * <p>The events come one at a time ({@link SerialEnd}). Time comes in with them.
 */
public interface TransferEnd {

  /** {@link #wakeNs} of an end that waits for events only. */
  long NEVER = Long.MAX_VALUE;

  /** The channel is open, and this side opened it: it speaks first. */
  void onOpen(long nowNs);

  void onText(String text, long nowNs);

  void onBinary(byte[] bytes, long nowNs);

  /** The channel can take more, or the time of {@link #wakeNs} has come. */
  void onReady(long nowNs);

  /** When {@link #onReady} has to be called at the latest, or {@link #NEVER}. */
  long wakeNs();

  /** The channel is closed or its peer is lost: nothing more comes. */
  void onLost(String reason);

  /** This side's user interrupts: tells the other side, if it can. */
  void leave(String reason);

  /** Which end it is. */
  Role role();

  /** Completes with what arrived, or with a {@link TransferException}. */
  CompletableFuture<TransferResult> result();
}
