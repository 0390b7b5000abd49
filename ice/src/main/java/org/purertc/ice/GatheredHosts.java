package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The candidates of bound ports: what the agent works with, and what the other side is told. */
final class GatheredHosts {

  private final HostPolicy policy;
  private final Set<NatMapping> used = new HashSet<>();
  private final List<LocalCandidate> candidates = new ArrayList<>(2);
  private final List<IceCandidate> told = new ArrayList<>(2);

  GatheredHosts(HostPolicy policy) {
    this.policy = policy;
  }

  void add(InetSocketAddress bound, PathId path) {
    IceCandidate host = HostCandidates.candidate(bound, path.number());
    candidates.add(new LocalCandidate(host, path));
    InetAddress mapped = mapping(bound.getAddress());
    if (mapped == null) {
      told.add(host);
      return;
    }
    var seen = new InetSocketAddress(mapped, bound.getPort());
    IceCandidate outside =
        policy.tellsMapped()
            ? HostCandidates.mapped(seen, bound, path.number())
            : HostCandidates.candidate(seen, path.number());
    candidates.add(new LocalCandidate(outside, path));
    if (policy.tellsMapped()) {
      told.add(host);
    }
    told.add(outside);
  }

  /** The public address of a local one. Two of them cannot be one and the same to the outside. */
  private @Nullable InetAddress mapping(InetAddress local) {
    for (NatMapping each : policy.natMappings()) {
      if (local.equals(each.privateAddress())) {
        return each.publicAddress();
      }
    }
    for (NatMapping each : policy.natMappings()) {
      if (each.isForFamilyOf(local) && used.add(each)) {
        return each.publicAddress();
      }
    }
    return null;
  }

  /** All, each with its path, a path's base first. */
  List<LocalCandidate> candidates() {
    return candidates;
  }

  List<IceCandidate> told() {
    return told;
  }
}
