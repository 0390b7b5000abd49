package org.purertc.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A datagram that the agent wants sent; reused by the caller of {@link IceAgent#pollTransmit}. */
public final class Transmit {
  /** Filled by the agent, large enough for every STUN message it makes. */
  public final byte[] buffer = new byte[1500];

  public int length;
  public @Nullable PathId path;
  public @Nullable InetSocketAddress to;
}
