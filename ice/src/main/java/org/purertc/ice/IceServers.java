package org.purertc.ice;

import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.turn.IceServer;

/**
 * The servers that help a transport to candidates.
 *
 * @param relayOnly whether only relayed candidates are gathered, told and checked from
 * @param blocking runs what would block the loop: look-ups of names, checks of certificates
 * @param tls whom to trust over TLS; null for what the Java runtime trusts
 */
public record IceServers(
    List<IceServer> servers, boolean relayOnly, Executor blocking, @Nullable SSLContext tls) {

  /** None: host candidates only. */
  public static final IceServers NONE = new IceServers(List.of(), false, Runnable::run, null);

  public IceServers {
    servers = List.copyOf(servers);
  }
}
