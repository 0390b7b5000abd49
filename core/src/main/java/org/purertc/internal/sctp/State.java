package org.purertc.internal.sctp;

import org.purertc.internal.sctp.packet.CookieEchoChunk;
import org.purertc.internal.sctp.packet.InitChunk;
import org.purertc.internal.util.Timer;

/** The states of an association, RFC 9260 section 4, and what exists only in each of them. */
sealed interface State {

  /** No association yet. */
  record Closed() implements State {}

  /**
   * We sent INIT and wait for INIT ACK, section 5.1 A.
   *
   * @param sentNs when the INIT went out first
   */
  record CookieWait(InitChunk init, RetransmissionTimer t1Init, long sentNs) implements State {}

  /** The peer is known: there is something that sends and receives. */
  sealed interface WithPeer extends State {
    TransmissionControlBlock block();
  }

  /** We sent COOKIE ECHO and wait for COOKIE ACK, section 5.1 C. */
  record CookieEchoed(
      TransmissionControlBlock block, CookieEchoChunk echo, RetransmissionTimer t1Cookie)
      implements WithPeer {}

  /** Data flows both ways. */
  record Established(TransmissionControlBlock block) implements WithPeer {}

  /** We shut down as soon as everything is acknowledged, section 9.2. */
  record ShutdownPending(TransmissionControlBlock block) implements WithPeer {}

  /** We sent SHUTDOWN and wait for SHUTDOWN ACK. */
  record ShutdownSent(
      TransmissionControlBlock block, RetransmissionTimer t2Shutdown, Timer t5ShutdownGuard)
      implements WithPeer {}

  /** The peer sent SHUTDOWN, and something of ours is not acknowledged. */
  record ShutdownReceived(TransmissionControlBlock block) implements WithPeer {}

  /** We sent SHUTDOWN ACK and wait for SHUTDOWN COMPLETE. */
  record ShutdownAckSent(
      TransmissionControlBlock block, RetransmissionTimer t2Shutdown, Timer t5ShutdownGuard)
      implements WithPeer {}

  /**
   * Nothing comes any more.
   *
   * @param orderly after a SHUTDOWN
   */
  record Ended(boolean orderly) implements State {}
}
