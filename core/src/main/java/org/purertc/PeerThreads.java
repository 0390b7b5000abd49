package org.purertc;

import org.purertc.internal.peer.CommandQueue;

/** The two threads of one peer: the loop that acts, and the executor that calls handlers. */
record PeerThreads(CommandQueue commands, Callbacks callbacks) {

  /** A loop that waits for itself, or for a peer beside it, would stand still. */
  void checkMayBlock(String call) {
    if (commands.inLoop()) {
      throw new IllegalStateException(
          call
              + " would block the event loop: with callbacksOnLoop() a handler must not wait; chain"
              + " stages instead, or let handlers run on an executor");
    }
  }

  <T> LoopFuture<T> newFuture() {
    return new LoopFuture<>(this);
  }
}
