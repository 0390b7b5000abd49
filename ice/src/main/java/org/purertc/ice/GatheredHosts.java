package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The candidates of bound ports: what the agent works with, and what the other side is told. */
final class GatheredHosts {

  private final HostPolicy policy;
  private final @Nullable TcpType tcpType;
  private final Map<NatMapping, InetAddress> used;
  private final List<LocalCandidate> candidates = new ArrayList<>(2);
  private final List<LocalCandidate> told = new ArrayList<>(2);

  /** Of UDP ports. */
  GatheredHosts(HostPolicy policy, Map<NatMapping, InetAddress> used) {
    this(policy, used, null);
  }

  /**
   * @param used which local address has the mapping of its family; grows
   * @param tcpType of ends of TCP connections; null for UDP ports
   */
  GatheredHosts(HostPolicy policy, Map<NatMapping, InetAddress> used, @Nullable TcpType tcpType) {
    this.policy = policy;
    this.used = used;
    this.tcpType = tcpType;
  }

  void add(InetSocketAddress bound, PathId path) {
    add(bound, path, path.number());
  }

  /**
   * @param rank of the address among those of the host, 0 for the best
   */
  void add(InetSocketAddress bound, PathId path, int rank) {
    IceCandidate host = candidate(bound, rank);
    candidates.add(new LocalCandidate(host, path));
    InetAddress mapped = mapping(bound.getAddress());
    if (mapped == null) {
      tell(host, path);
      return;
    }
    var seen = new InetSocketAddress(mapped, bound.getPort());
    IceCandidate outside = policy.tellsMapped() ? mapped(seen, bound, rank) : candidate(seen, rank);
    candidates.add(new LocalCandidate(outside, path));
    if (policy.tellsMapped()) {
      tell(host, path);
    }
    tell(outside, path);
  }

  private void tell(IceCandidate candidate, PathId path) {
    if (tcpType == TcpType.ACTIVE && policy.hidesAddresses()) {
      return; // nothing comes in there, so that its address helps nobody
    }
    told.add(new LocalCandidate(candidate, path));
  }

  private IceCandidate candidate(InetSocketAddress address, int rank) {
    return tcpType == null
        ? HostCandidates.candidate(address, rank)
        : HostCandidates.tcp(address, rank, tcpType);
  }

  private IceCandidate mapped(InetSocketAddress outside, InetSocketAddress base, int rank) {
    return tcpType == null
        ? HostCandidates.mapped(outside, base, rank)
        : HostCandidates.mappedTcp(outside, base, rank, tcpType);
  }

  /** The public address of a local one. Two of them cannot be one and the same to the outside. */
  private @Nullable InetAddress mapping(InetAddress local) {
    for (NatMapping each : policy.natMappings()) {
      if (local.equals(each.privateAddress())) {
        return each.publicAddress();
      }
    }
    for (NatMapping each : policy.natMappings()) {
      if (each.isForFamilyOf(local) && local.equals(used.computeIfAbsent(each, key -> local))) {
        return each.publicAddress();
      }
    }
    return null;
  }

  void addAll(GatheredHosts others) {
    candidates.addAll(others.candidates);
    told.addAll(others.told);
  }

  /** All, each with its path, a path's base first. */
  List<LocalCandidate> candidates() {
    return candidates;
  }

  List<LocalCandidate> told() {
    return told;
  }
}
