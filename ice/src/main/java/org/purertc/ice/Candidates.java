package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The candidates of both sides, and which of them make a pair, RFC 8445 sections 5 and 6.1.2. */
final class Candidates {

  /** A host with more addresses than this has them left out; a remote side too. */
  static final int MAX_LOCAL = 32;

  static final int MAX_REMOTE = 100;

  private final List<LocalCandidate> local = new ArrayList<>(1);
  private final List<IceCandidate> remote = new ArrayList<>(1);

  /** The local ones of an earlier generation: an ICE restart may use their sockets again. */
  static Candidates withLocalOf(Candidates other) {
    Candidates candidates = new Candidates();
    candidates.local.addAll(other.local);
    return candidates;
  }

  List<LocalCandidate> local() {
    return local;
  }

  List<IceCandidate> remote() {
    return remote;
  }

  /** Adds a local candidate unless it is redundant, RFC 8445 section 5.1.3. */
  boolean addLocal(LocalCandidate added) {
    requireResolved(added.candidate());
    for (LocalCandidate known : local) {
      if (known.candidate().address().equals(added.candidate().address())
          && known.path().equals(added.path())) {
        return false;
      }
    }
    return local.size() < MAX_LOCAL && local.add(added);
  }

  void removeLocal(PathId path) {
    local.removeIf(candidate -> candidate.path().equals(path));
  }

  /** Adds a remote candidate unless it is known, of another component, or cannot be asked. */
  boolean addRemote(IceCandidate added) {
    requireResolved(added);
    InetSocketAddress address = added.address();
    if (added.component() != 1
        || address.getPort() == 0
        || added.isTcp() && added.tcpType() != TcpType.PASSIVE // it asks us
        || address.getAddress().isMulticastAddress()
        || address.getAddress().isAnyLocalAddress()) {
      return false;
    }
    for (IceCandidate known : remote) {
      if (known.hasTransportAddressOf(added)) {
        return false;
      }
    }
    return remote.size() < MAX_REMOTE && remote.add(added);
  }

  private static void requireResolved(IceCandidate candidate) {
    if (candidate.address().isUnresolved()) {
      throw new IllegalArgumentException(
          "candidate address " + candidate.address() + " is not resolved: resolve the name first");
    }
  }

  /** The local candidate that is the base of this path. */
  @Nullable LocalCandidate on(PathId path) {
    for (LocalCandidate candidate : local) {
      if (candidate.path().equals(path)) {
        return candidate;
      }
    }
    return null;
  }

  /** The local candidate with this address and the transport protocol of its base. */
  @Nullable IceCandidate at(InetSocketAddress address, IceCandidate base) {
    for (LocalCandidate candidate : local) {
      if (candidate.candidate().isTcp() == base.isTcp()
          && candidate.candidate().address().equals(address)) {
        return candidate.candidate();
      }
    }
    return null;
  }

  /** The remote candidate with this address that makes a pair with a local one. */
  @Nullable IceCandidate remoteAt(InetSocketAddress address, IceCandidate local) {
    for (IceCandidate candidate : remote) {
      if (candidate.address().equals(address) && canPair(local, candidate)) {
        return candidate;
      }
    }
    return null;
  }

  /** RFC 6544 section 6.2: of TCP candidates an active one makes pairs with passive ones. */
  static boolean canPair(IceCandidate local, IceCandidate remote) {
    TcpType ours = local.tcpType();
    boolean sameTransport = ours == null ? !remote.isTcp() : remote.tcpType() == ours.opposite();
    return sameTransport && canPair(local.address(), remote.address());
  }

  /**
   * Whether a datagram from one to the other has a chance. RFC 8445 section 6.1.2.2: the same
   * family, and link-local only with link-local; the same holds for loopback.
   */
  static boolean canPair(InetSocketAddress a, InetSocketAddress b) {
    InetAddress ours = a.getAddress();
    InetAddress theirs = b.getAddress();
    return ours.getClass() == theirs.getClass()
        && ours.isLinkLocalAddress() == theirs.isLinkLocalAddress()
        && ours.isLoopbackAddress() == theirs.isLoopbackAddress();
  }

  void clearRemote() {
    remote.clear();
  }
}
