package org.purertc.ice.io;

/** A channel on the selector of an {@link EventLoop}. */
interface LoopPort {

  /** The selector found it ready. */
  void onReady(long nowNs);
}
