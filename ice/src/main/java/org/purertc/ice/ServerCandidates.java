package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.turn.Relay;
import org.purertc.ice.turn.ServerUrl;

/** Priority, foundation and related address of candidates that servers told us. */
final class ServerCandidates {

  /** RFC 8445 section 5.1.2.1: 16 bits. */
  private static final int HIGHEST_LOCAL_PREFERENCE = 65_535;

  /** What a stream to the server costs: all that goes over UDP is preferred. */
  private static final int STEP_OF_TRANSPORT = 16_384;

  private ServerCandidates() {}

  /** RFC 8445 section 5.1.1.2; its base is the host candidate of the path. */
  static IceCandidate reflexive(
      PathId path, InetSocketAddress base, InetSocketAddress mapped, String url) {
    int localPreference = HIGHEST_LOCAL_PREFERENCE - path.number();
    return new IceCandidate(
        // RFC 8445 section 5.1.1.3: the same for the same base and kind of server.
        "srflx" + (path.number() + 1),
        HostCandidates.COMPONENT,
        CandidatePriority.of(
            CandidateType.SERVER_REFLEXIVE, localPreference, HostCandidates.COMPONENT),
        mapped,
        CandidateType.SERVER_REFLEXIVE,
        base,
        new CandidateServer(url, null),
        null);
  }

  /**
   * RFC 8445 section 5.1.1.2.
   *
   * @param rank among the relays that were asked, 0 for the first
   * @param mapped our address as the server sees it; null when it is to be hidden
   */
  static IceCandidate relayed(
      int rank, Relay.Place place, InetSocketAddress relayed, @Nullable InetSocketAddress mapped) {
    ServerUrl url = place.server().url();
    int localPreference =
        HIGHEST_LOCAL_PREFERENCE - STEP_OF_TRANSPORT * steps(url.transport()) - rank;
    return new IceCandidate(
        "relay" + (rank + 1),
        HostCandidates.COMPONENT,
        CandidatePriority.of(CandidateType.RELAYED, localPreference, HostCandidates.COMPONENT),
        relayed,
        CandidateType.RELAYED,
        mapped == null ? unspecified(relayed) : mapped,
        new CandidateServer(url.url(), url.transport().word()),
        null);
  }

  private static int steps(ServerUrl.Transport transport) {
    return switch (transport) {
      case UDP -> 0;
      case TCP -> 1;
      case TLS -> 2;
    };
  }

  /** RFC 8839 section 5.1: where the related address is hidden, it is the unspecified one. */
  private static InetSocketAddress unspecified(InetSocketAddress sameFamily) {
    try {
      byte[] zeros = new byte[sameFamily.getAddress().getAddress().length];
      return new InetSocketAddress(InetAddress.getByAddress(zeros), 0);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
