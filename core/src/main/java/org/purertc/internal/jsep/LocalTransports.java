package org.purertc.internal.jsep;

/** Gives our side of each transport. */
@FunctionalInterface
public interface LocalTransports {

  /**
   * The transport of that index, made now if there is none. The first is 0; an index that no
   * description uses any more may come again later, for another transport.
   */
  LocalTransport transport(int index);
}
