package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.EarlyChecks.EarlyCheck;
import org.purertc.ice.mdns.LocalName;

/** Makes pairs of the candidates of both sides, and unmakes them, RFC 8445 section 6.1.2. */
final class PairFormation {

  private final IceSession session;
  private final Candidates candidates;
  private final CheckList list;
  private final Consumer<CheckPair> gone;
  private int peerReflexive;

  /**
   * @param gone hears of each pair that left the list
   */
  PairFormation(
      IceSession session, Candidates candidates, CheckList list, Consumer<CheckPair> gone) {
    this.session = session;
    this.candidates = candidates;
    this.list = list;
    this.gone = gone;
  }

  void addLocal(LocalCandidate added) {
    if (candidates.addLocal(added)) {
      for (IceCandidate remote : candidates.remote()) {
        form(added, remote);
      }
    }
  }

  /** The local candidates of this path are no more, and so are their pairs. */
  void removeLocal(PathId path) {
    candidates.removeLocal(path);
    for (CheckPair pair : List.copyOf(list.pairs())) {
      if (pair.local.path().equals(path)) {
        list.remove(pair);
        gone.accept(pair);
      }
    }
  }

  void addRemote(IceCandidate added) {
    if (candidates.addRemote(added)) {
      adopt(added);
      for (LocalCandidate local : candidates.local()) {
        form(local, added);
      }
    }
  }

  /** The signalled form of a candidate that a check told us before, RFC 8838 section 11.4. */
  private void adopt(IceCandidate signalled) {
    for (CheckPair pair : list.pairs()) {
      if (pair.remote().hasTransportAddressOf(signalled)) {
        pair.setRemote(signalled);
      }
    }
    list.prioritize(session.role());
  }

  private void form(LocalCandidate local, IceCandidate remote) {
    // draft-ietf-mmusic-mdns-ice-candidates section 4.2: a relay must not be told what is hidden.
    if (local.candidate().type() == CandidateType.RELAYED
        && LocalName.of(remote.address()) != null) {
      return;
    }
    // RFC 8445 section 6.1.2.4: same base and same remote candidate is redundant.
    if (Candidates.canPair(local.candidate(), remote)
        && list.find(local.path(), remote.address()) == null) {
      evict(list.add(new CheckPair(local, remote, session.role())));
    }
  }

  private void evict(@Nullable CheckPair pair) {
    if (pair != null) {
      gone.accept(pair);
    }
  }

  /**
   * The pair of a check that came where no pair was, RFC 8445 section 7.3.1.3.
   *
   * @param keep the selected pair, which never leaves
   * @return null when it has no place
   */
  @Nullable CheckPair learn(EarlyCheck check, @Nullable CheckPair keep) {
    LocalCandidate local = candidates.on(check.path());
    if (local == null) {
      return null;
    }
    IceCandidate signalled = candidates.remoteAt(check.from(), local.candidate());
    CheckPair pair;
    if (signalled != null) {
      pair = new CheckPair(local, signalled, session.role());
      evict(list.add(pair));
    } else {
      String foundation = "prflx" + ++peerReflexive;
      CandidateType type = CandidateType.PEER_REFLEXIVE;
      var remote = new IceCandidate(foundation, 1, check.priority(), check.from(), type, null);
      TcpType ours = local.candidate().tcpType();
      TcpType theirs = ours == null ? null : ours.opposite();
      pair = new CheckPair(local, remote.withTcpType(theirs), session.role());
      evict(list.addPeerReflexive(pair, keep));
    }
    return list.find(check.path(), check.from()) == pair ? pair : null;
  }

  /** RFC 8445 section 7.2.5.3.1: an unknown mapped address is a peer-reflexive candidate. */
  IceCandidate mappedCandidate(ConnectivityCheck check, InetSocketAddress mapped) {
    IceCandidate present = check.pair.candidates().local();
    if (present.address().equals(mapped)) {
      return present;
    }
    IceCandidate base = check.pair.local.candidate();
    IceCandidate known = candidates.at(mapped, base);
    if (known != null) {
      return known;
    }
    boolean isOwnAddress = mapped.getAddress().equals(base.address().getAddress());
    if (base.tcpType() == TcpType.ACTIVE && isOwnAddress) {
      return base; // its port stands for whatever port its connection has
    }
    CandidateType type = CandidateType.PEER_REFLEXIVE;
    return new IceCandidate("prflx", 1, check.priority, mapped, type, base.address())
        .withTcpType(base.tcpType());
  }
}
