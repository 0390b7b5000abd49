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
  private final Map<NatMapping, InetAddress> used;
  private final List<LocalCandidate> candidates = new ArrayList<>(2);
  private final List<LocalCandidate> told = new ArrayList<>(2);

  /**
   * @param used which local address has the mapping of its family; grows
   */
  GatheredHosts(HostPolicy policy, Map<NatMapping, InetAddress> used) {
    this.policy = policy;
    this.used = used;
  }

  void add(InetSocketAddress bound, PathId path) {
    IceCandidate host = HostCandidates.candidate(bound, path.number());
    candidates.add(new LocalCandidate(host, path));
    InetAddress mapped = mapping(bound.getAddress());
    if (mapped == null) {
      tell(host, path);
      return;
    }
    var seen = new InetSocketAddress(mapped, bound.getPort());
    IceCandidate outside =
        policy.tellsMapped()
            ? HostCandidates.mapped(seen, bound, path.number())
            : HostCandidates.candidate(seen, path.number());
    candidates.add(new LocalCandidate(outside, path));
    if (policy.tellsMapped()) {
      tell(host, path);
    }
    tell(outside, path);
  }

  private void tell(IceCandidate candidate, PathId path) {
    told.add(new LocalCandidate(candidate, path));
  }

  /** The public address of a local one. Two of them cannot be one and the same to the outside. */
  private @Nullable InetAddress mapping(InetAddress local) {
    for (NatMapping each : policy.natMappings()) {
      if (local.equals(each.privateAddress())) {
        return each.publicAddress();
      }
    }
    for (NatMapping each : policy.natMappings()) {
      if (each.isForFamilyOf(local) && used.putIfAbsent(each, local) == null) {
        return each.publicAddress();
      }
    }
    return null;
  }

  /** All, each with its path, a path's base first. */
  List<LocalCandidate> candidates() {
    return candidates;
  }

  List<LocalCandidate> told() {
    return told;
  }
}
