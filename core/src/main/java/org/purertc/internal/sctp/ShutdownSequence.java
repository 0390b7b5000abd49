package org.purertc.internal.sctp;

import org.purertc.internal.sctp.packet.Chunk;
import org.purertc.internal.sctp.packet.ErrorCause;
import org.purertc.internal.sctp.packet.ShutdownAckChunk;
import org.purertc.internal.sctp.packet.ShutdownChunk;
import org.purertc.internal.sctp.packet.ShutdownCompleteChunk;
import org.purertc.internal.sctp.tx.RetransmissionTimeout;
import org.purertc.internal.util.SerialNumber;
import org.purertc.internal.util.Timer;

/** The orderly end, RFC 9260 section 9.2. */
final class ShutdownSequence {
  /** RFC 9260 section 9.2: T5-shutdown-guard, recommended as five times RTO.Max. */
  static final long GUARD_NS = 5 * RetransmissionTimeout.MAX_NS;

  private static final String DONE = "shutdown completed";

  private final Endpoint endpoint;
  private boolean wanted;

  ShutdownSequence(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** The user wants it; before the handshake ended it waits for that. */
  void shutdown(long nowNs) {
    wanted = true;
    if (endpoint.state() instanceof State.Closed) {
      endpoint.end(true, DONE);
    }
    proceed(nowNs);
  }

  /** Whether the user asked for the end, so that nothing new is taken. */
  boolean isWanted() {
    return wanted;
  }

  /** Goes on when everything is acknowledged. */
  void proceed(long nowNs) {
    if (wanted && endpoint.state() instanceof State.Established established) {
      endpoint.become(new State.ShutdownPending(established.block()));
    }
    if (endpoint.state() instanceof State.ShutdownPending pending && isDone(pending.block())) {
      RetransmissionTimer t2 = startT2(nowNs);
      endpoint.become(new State.ShutdownSent(pending.block(), t2, startGuard(nowNs)));
      sendShutdown(pending.block());
    } else if (endpoint.state() instanceof State.ShutdownReceived received
        && isDone(received.block())) {
      acknowledge(received.block(), startGuard(nowNs), nowNs);
    }
  }

  private boolean isDone(TransmissionControlBlock block) {
    return endpoint.queue().isEmpty() && block.sender().isEmpty();
  }

  private RetransmissionTimer startT2(long nowNs) {
    RetransmissionTimer t2 = new RetransmissionTimer(ErrorCounter.ASSOCIATION_MAX_RETRANS);
    t2.start(nowNs, endpoint.rto().rtoNs());
    return t2;
  }

  private static Timer startGuard(long nowNs) {
    Timer t5 = new Timer();
    t5.start(nowNs, GUARD_NS);
    return t5;
  }

  private void sendShutdown(TransmissionControlBlock block) {
    send(new ShutdownChunk(SerialNumber.wrap32(block.tracker().cumulativeTsn())));
  }

  private void send(Chunk chunk) {
    endpoint.heartbeat().stop();
    endpoint.outbox().replace(chunk);
  }

  private void acknowledge(TransmissionControlBlock block, Timer guard, long nowNs) {
    endpoint.become(new State.ShutdownAckSent(block, startT2(nowNs), guard));
    send(new ShutdownAckChunk());
  }

  void onShutdown(ShutdownChunk chunk, TransmissionControlBlock block, long nowNs) {
    if (block.sender().onCumulativeAck(chunk.cumulativeTsnAck(), nowNs)) {
      block.onProgress(nowNs);
    }
    if (endpoint.state() instanceof State.Established
        || endpoint.state() instanceof State.ShutdownPending) {
      endpoint.become(new State.ShutdownReceived(block));
      proceed(nowNs);
    } else if (endpoint.state() instanceof State.ShutdownReceived) {
      proceed(nowNs);
    } else if (endpoint.state() instanceof State.ShutdownSent sent) {
      // RFC 9260 9.2: both sides shut down at once.
      acknowledge(block, sent.t5ShutdownGuard(), nowNs);
    } else if (endpoint.state() instanceof State.ShutdownAckSent) {
      endpoint.outbox().add(new ShutdownAckChunk());
    }
  }

  /** In SHUTDOWN-SENT, RFC 9260 9.2: each packet with DATA is answered with SACK and SHUTDOWN. */
  void onPacketWithData(TransmissionControlBlock block, long nowNs) {
    if (endpoint.state() instanceof State.ShutdownSent sent) {
      block.onProgress(nowNs);
      block.tracker().requestSack();
      sendShutdown(block);
      sent.t2Shutdown().start(nowNs, endpoint.rto().rtoNs());
    }
  }

  void onShutdownAck(TransmissionControlBlock block) {
    if (endpoint.state() instanceof State.ShutdownSent
        || endpoint.state() instanceof State.ShutdownAckSent) {
      endpoint.end(true, DONE);
      endpoint.outbox().addStandalone(block.remote().tag(), new ShutdownCompleteChunk(false));
    }
  }

  void onShutdownComplete() {
    if (endpoint.state() instanceof State.ShutdownAckSent) {
      endpoint.end(true, DONE);
    }
  }

  /**
   * A SHUTDOWN ACK for an association that is not there or not yet: RFC 9260 sections 8.4 and 8.5.1
   * E answer it with a SHUTDOWN COMPLETE that reflects the tag.
   */
  void onStrayShutdownAck(long tag) {
    endpoint.outbox().addStandalone(tag, new ShutdownCompleteChunk(true));
  }

  void onDeadline(long nowNs) {
    if (endpoint.state() instanceof State.ShutdownSent sent) {
      if (!expireGuard(sent.t5ShutdownGuard(), nowNs)
          && expireT2(sent.t2Shutdown(), sent.block(), nowNs)) {
        sendShutdown(sent.block());
      }
    } else if (endpoint.state() instanceof State.ShutdownAckSent sent
        && !expireGuard(sent.t5ShutdownGuard(), nowNs)
        && expireT2(sent.t2Shutdown(), sent.block(), nowNs)) {
      endpoint.outbox().add(new ShutdownAckChunk());
    }
  }

  private boolean expireGuard(Timer t5, long nowNs) {
    if (!t5.expire(nowNs)) {
      return false;
    }
    ErrorCause cause = ErrorCause.userInitiatedAbort("shutdown took too long");
    endpoint.abort(cause, "the peer does not complete the shutdown");
    return true;
  }

  /** Whether the chunk goes out again. */
  private boolean expireT2(RetransmissionTimer t2, TransmissionControlBlock block, long nowNs) {
    if (!t2.expire(nowNs)) {
      return false;
    }
    if (t2.isExhausted()) {
      endpoint.end(false, "the peer does not answer the shutdown");
      return false;
    }
    return endpoint.countError(block);
  }
}
