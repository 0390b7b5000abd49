package org.purertc.ice.io;

/**
 * A {@link Loop} with one thread and one selector. The thread starts with the first {@link
 * #acquire} and ends some seconds after the last {@link #release}.
 */
public final class EventLoop implements Loop {

  public EventLoop(String name) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** A peer begins to live here: the thread runs until as many {@link #release}s came. */
  public void acquire() {
    throw new UnsupportedOperationException("skeleton");
  }

  public void release() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** How many peers live here. May be called from any thread. */
  public int load() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Ends the thread at once when idle, else with the last peer; frees the selector. */
  public void close() {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public void execute(Runnable task) {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public boolean inLoop() {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public long nowNs() {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public LoopTimer timer(Timed timed) {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public void drainLater(Drain drain) {
    throw new UnsupportedOperationException("skeleton");
  }
}
