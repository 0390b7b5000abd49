package org.purertc.ice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent on sockets and a loop: one component, one selected pair. All methods on the loop thread
 * except {@link #localCredentials}.
 */
public interface IceTransport {

  /**
   * Our ufrag and password, known from construction on; a restart changes them. May be called from
   * any thread.
   */
  IceCredentials localCredentials();

  /** Credentials for {@link #restart}; nothing changes yet. */
  IceCredentials newCredentials();

  /**
   * Our half of an ICE restart, from any state: checks with these credentials are answered, and
   * {@link #gather} reports all candidates again. The remote half is {@link #setRemote}; data goes
   * over the old pair until a new one is found.
   */
  void restart(IceCredentials local);

  /** The description with the credentials of {@link #restart} was rolled back. */
  void cancelRestart();

  void setRole(IceRole role);

  /**
   * Opens the sockets and reports candidates; once, and once more after each restart. From then on
   * addresses of this host that go take their paths with them, and those that come get sockets.
   */
  void gather();

  /** Others than before are the remote half of an ICE restart. */
  void setRemote(IceCredentials remote, boolean lite);

  void addRemoteCandidate(IceCandidate candidate);

  void endOfRemoteCandidates();

  /**
   * Sends application data over the selected pair; without one the datagram is lost.
   *
   * @return false when the caller should stop producing until {@link IceListener#onWritable}
   */
  boolean send(byte[] buffer, int offset, int length);

  /**
   * The remote side did not acknowledge in time what was sent. Asks it at once whether the selected
   * pair works, without waiting for the next consent check; when it has been silent and answers,
   * {@link IceListener#onPathConfirmed} tells.
   */
  void onUnacknowledged();

  IceRole role();

  IceTransportState state();

  @Nullable CandidatePair selectedPair();

  /** Last measured round trip of the selected pair in nanoseconds, or -1. */
  long roundTripNs();

  /** All candidate pairs, best first. */
  List<PairStatistics> statistics();

  /** Closes the sockets; no event comes after it. */
  void close();
}
