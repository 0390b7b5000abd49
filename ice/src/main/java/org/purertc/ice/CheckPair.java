package org.purertc.ice;

import java.net.InetSocketAddress;

/** A candidate pair of the check list, RFC 8445 section 6.1.2.6. */
final class CheckPair {

  /** RFC 8445 section 6.1.2.6. */
  enum State {
    FROZEN,
    WAITING,
    IN_PROGRESS,
    SUCCEEDED,
    FAILED
  }

  final LocalCandidate local;

  private IceCandidate remote;

  State state = State.FROZEN;
  long priority;

  /** The remote side sent us an authenticated check on this pair. */
  boolean remoteChecked;

  /** As controlled: USE-CANDIDATE came before the pair was valid, RFC 8445 section 7.3.1.5. */
  boolean nominateWhenValid;

  /** As controlling: the next check carries USE-CANDIDATE. */
  boolean nominating;

  /** As controlling: the remote side answered USE-CANDIDATE. */
  boolean nominatedByUs;

  /** When USE-CANDIDATE came last; meaningful while nominated by the remote side. */
  long lastNominationNs;

  /** The local candidate as the remote side sees it, and the remote candidate. */
  private CandidatePair candidates;

  /** When an authenticated response came last; meaningful when valid. */
  long lastAnswerNs;

  long roundTripNs = -1;

  /** Of all answered checks. */
  long totalRoundTripNs;

  /** Connectivity checks to an address that never answered, see {@link CheckList#mayCheck}. */
  int unanswered;

  /** As controlling: NOMINATION of our last nominating check; 0 without one. */
  long ownNominationValue;

  /** NOMINATION of the last nominating check, of which the highest wins; 0 without one. */
  long nominationValue;

  long requestsSent;
  long responsesReceived;
  long requestsReceived;

  CheckPair(LocalCandidate local, IceCandidate remote, IceRole role) {
    this.local = local;
    this.remote = remote;
    candidates = new CandidatePair(local.candidate(), remote);
    prioritize(role);
  }

  void prioritize(IceRole role) {
    long ours = local.candidate().priority();
    priority =
        role == IceRole.CONTROLLING
            ? CandidatePriority.ofPair(ours, remote.priority())
            : CandidatePriority.ofPair(remote.priority(), ours);
  }

  boolean isOn(PathId path, InetSocketAddress from) {
    return remote.address().equals(from) && local.path().equals(path);
  }

  /** Still to be checked, or being checked. */
  boolean isOpen() {
    return state == State.FROZEN || state == State.WAITING || state == State.IN_PROGRESS;
  }

  boolean isValid() {
    return state == State.SUCCEEDED;
  }

  /** An address that a check told us may turn out to be a relay's when its candidate comes. */
  boolean mayBeRelayed() {
    return local.candidate().type() == CandidateType.RELAYED
        || remote.type() == CandidateType.RELAYED
        || remote.type() == CandidateType.PEER_REFLEXIVE;
  }

  /** Whether it goes from the same port here to the same address, whatever the port there. */
  boolean joinsHostsOf(CheckPair other) {
    return local.path().equals(other.local.path())
        && remote.address().getAddress().equals(other.remote.address().getAddress());
  }

  /** RFC 8445 section 6.1.2.6: a pair's foundation is that of both candidates. */
  boolean hasFoundationOf(CheckPair other) {
    return local.candidate().foundation().equals(other.local.candidate().foundation())
        && remote.foundation().equals(other.remote.foundation());
  }

  IceCandidate remote() {
    return remote;
  }

  /** A candidate that was learned from a check is signalled now. */
  void setRemote(IceCandidate signalled) {
    remote = signalled;
    candidates = new CandidatePair(candidates.local(), signalled);
  }

  /** RFC 8445 section 7.2.5.3.2: the local candidate of the valid pair. */
  void setMapped(IceCandidate mapped) {
    if (!candidates.local().equals(mapped)) {
      candidates = new CandidatePair(mapped, remote);
    }
  }

  CandidatePair candidates() {
    return candidates;
  }
}
