package org.purertc.internal.jsep;

/** Gives our side of each transport, and of one that restarts ICE. */
public interface RestartableTransports extends LocalTransports {

  /**
   * The same as {@link #transport} with other ICE credentials, which it gets when a description
   * that has them is applied.
   */
  LocalTransport restarted(int index);
}
