package org.purertc.ice;

import java.util.random.RandomGenerator;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/** Makes {@link IceTransport}s on one network. */
public final class IceTransports {

  /**
   * Which local addresses become candidates.
   *
   * <p>{@code EXCEPT_LOOPBACK} is what browsers do; {@code ONLY_LOOPBACK} keeps all traffic on this
   * machine.
   */
  public enum Addresses {
    EXCEPT_LOOPBACK,
    ALL,
    ONLY_LOOPBACK
  }

  public IceTransports(
      Network network, IceConfig config, Addresses addresses, RandomGenerator random) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** May be called from any thread; all effects happen on the loop. */
  public IceTransport create(Loop loop, IceListener listener) {
    throw new UnsupportedOperationException("skeleton");
  }
}
