package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ICE agent for one data stream with one component (BUNDLE, rtcp-mux), RFC 8445, as a machine:
 * datagrams and time in, datagrams, events and a deadline out. No socket, no clock, no thread.
 *
 * <p>After every call the owner takes {@link #pollTransmit} until false and {@link #pollEvent}
 * until null, and sets a timer to {@link #nextDeadlineNs}.
 */
public final class IceAgent {

  /**
   * @param random source of credentials, tie-breaker and transaction ids; cryptographically secure
   *     outside tests
   */
  public IceAgent(IceConfig config, IceRole role, RandomGenerator random) {
    throw new UnsupportedOperationException("skeleton");
  }

  public IceCredentials local() {
    throw new UnsupportedOperationException("skeleton");
  }

  public IceRole role() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Sets the role before checks start; later a role conflict decides. */
  public void setRole(IceRole role) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Credentials of the remote side; checks start when candidates are known too. */
  public void setRemote(IceCredentials remote, boolean lite, long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void addLocal(IceCandidate candidate, PathId path, long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void addRemote(IceCandidate candidate, long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void endOfLocalCandidates(long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void endOfRemoteCandidates(long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Takes a datagram whose first byte is 0 to 3 (RFC 7983: STUN).
   *
   * @return false when it was not STUN for this agent
   */
  public boolean receive(
      byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Whether application data from this address over this path may be accepted. */
  public boolean isValidated(PathId path, InetSocketAddress from) {
    throw new UnsupportedOperationException("skeleton");
  }

  public IceTransportState state() {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable CandidatePair selectedPair() {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable PathId selectedPath() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Last measured round trip of the selected pair, or -1. */
  public long roundTripNs() {
    throw new UnsupportedOperationException("skeleton");
  }

  public long nextDeadlineNs() {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onDeadline(long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  public boolean pollTransmit(Transmit out) {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable IceEvent pollEvent() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Ends the agent: no further transmit, event or deadline. */
  public void close() {
    throw new UnsupportedOperationException("skeleton");
  }
}
