package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Order, priority and foundation of the host candidates of one component. */
final class HostCandidates {

  /** RFC 8445 section 5.1.2.1: 16 bits. */
  private static final int HIGHEST_LOCAL_PREFERENCE = 65_535;

  /** BUNDLE and rtcp-mux leave one component, the first. */
  static final int COMPONENT = 1;

  private HostCandidates() {}

  /** The addresses that the policy allows, best first as they come. */
  static List<InetAddress> choose(List<InetAddress> local, HostPolicy policy) {
    return local.stream()
        .filter(each -> isAllowed(each, policy.addresses()) && policy.local().test(each))
        .toList();
  }

  /**
   * @param rank of the address among the chosen ones, 0 for the best
   */
  static IceCandidate candidate(InetSocketAddress bound, int rank) {
    // RFC 8445 section 5.1.1.3: host candidates of one address share a foundation, others do not;
    // there is one for each address.
    String foundation = Integer.toString(rank + 1);
    long priority = priority(CandidateType.HOST, rank);
    return new IceCandidate(foundation, COMPONENT, priority, bound, CandidateType.HOST, null);
  }

  /** The address of a NAT that is known beforehand: what a STUN server would have told. */
  static IceCandidate mapped(InetSocketAddress outside, InetSocketAddress base, int rank) {
    CandidateType type = CandidateType.SERVER_REFLEXIVE;
    String foundation = "nat" + (rank + 1);
    return new IceCandidate(foundation, COMPONENT, priority(type, rank), outside, type, base);
  }

  /** RFC 6544 section 4.1; another foundation than UDP has, as another protocol reaches others. */
  static IceCandidate tcp(InetSocketAddress bound, int rank, TcpType tcpType) {
    CandidateType type = CandidateType.HOST;
    String foundation = tcpType + Integer.toString(rank + 1);
    long priority = CandidatePriority.ofTcp(type, tcpType, rank, COMPONENT);
    return new IceCandidate(foundation, COMPONENT, priority, bound, type, null)
        .withTcpType(tcpType);
  }

  /** As {@link #mapped}, over TCP. */
  static IceCandidate mappedTcp(
      InetSocketAddress outside, InetSocketAddress base, int rank, TcpType tcpType) {
    CandidateType type = CandidateType.SERVER_REFLEXIVE;
    String foundation = "nat" + tcpType + (rank + 1);
    long priority = CandidatePriority.ofTcp(type, tcpType, rank, COMPONENT);
    return new IceCandidate(foundation, COMPONENT, priority, outside, type, base)
        .withTcpType(tcpType);
  }

  private static long priority(CandidateType type, int rank) {
    // RFC 8445 section 5.1.2.1: each address of a host has a local preference of its own.
    int localPreference = Math.max(0, HIGHEST_LOCAL_PREFERENCE - rank);
    return ((long) type.preference() << 24) + ((long) localPreference << 8) + (256 - COMPONENT);
  }

  private static boolean isAllowed(InetAddress address, IceTransports.Addresses addresses) {
    return switch (addresses) {
      case EXCEPT_LOOPBACK -> !address.isLoopbackAddress();
      case ONLY_LOOPBACK -> address.isLoopbackAddress();
      case ALL -> true;
    };
  }
}
