package org.purertc.internal.sctp;

import org.purertc.internal.sctp.tx.RetransmissionQueue.Timeout;
import org.purertc.internal.util.Timer;

/** All timers of an association: which is next, what happens then, and how they rest. */
final class Deadlines {
  private static final long RUNNING = -1;

  private final Endpoint endpoint;
  private final Handshake handshake;
  private final ShutdownSequence shutdown;
  private long downSinceNs = RUNNING;

  Deadlines(Endpoint endpoint, Handshake handshake, ShutdownSequence shutdown) {
    this.endpoint = endpoint;
    this.handshake = handshake;
    this.shutdown = shutdown;
  }

  boolean isResting() {
    return downSinceNs != RUNNING;
  }

  long nextNs() {
    if (isResting()) {
      return Timer.NEVER;
    }
    long next = ofState();
    TransmissionControlBlock block = endpoint.block();
    if (block != null) {
      next = Math.min(next, block.sender().nextDeadlineNs());
      next = Math.min(next, block.tracker().nextDeadlineNs());
      next = Math.min(next, endpoint.heartbeat().deadlineNs());
      next = Math.min(next, endpoint.streamReset().nextDeadlineNs());
    }
    return next;
  }

  private long ofState() {
    State state = endpoint.state();
    if (state instanceof State.CookieWait wait) {
      return wait.t1Init().deadlineNs();
    } else if (state instanceof State.CookieEchoed echoed) {
      return echoed.t1Cookie().deadlineNs();
    } else if (state instanceof State.ShutdownSent sent) {
      return Math.min(sent.t2Shutdown().deadlineNs(), sent.t5ShutdownGuard().deadlineNs());
    } else if (state instanceof State.ShutdownAckSent sent) {
      return Math.min(sent.t2Shutdown().deadlineNs(), sent.t5ShutdownGuard().deadlineNs());
    }
    return Timer.NEVER;
  }

  void onDeadline(long nowNs) {
    if (isResting()) {
      return;
    }
    handshake.onDeadline(nowNs);
    shutdown.onDeadline(nowNs);
    TransmissionControlBlock block = endpoint.block();
    if (block == null) {
      return;
    }
    block.tracker().onDeadline(nowNs);
    if (onRetransmissionTimeout(block, nowNs) && onReset(block, nowNs)) {
      onHeartbeat(block, nowNs);
    }
    shutdown.proceed(nowNs);
  }

  /** Whether the association goes on. */
  private boolean onRetransmissionTimeout(TransmissionControlBlock block, long nowNs) {
    Timeout timeout = block.sender().onDeadline(nowNs);
    // While COOKIE ECHO is not answered, T1-cookie alone counts.
    if (timeout == Timeout.NONE || endpoint.state() instanceof State.CookieEchoed) {
      return true;
    }
    endpoint.outbox().add(endpoint.heartbeat().probe(nowNs));
    if (timeout == Timeout.PROBE) {
      return true;
    }
    endpoint.events().unacknowledged();
    return endpoint.countError(block);
  }

  private boolean onReset(TransmissionControlBlock block, long nowNs) {
    return !endpoint.streamReset().onDeadline(nowNs) || endpoint.countError(block);
  }

  private void onHeartbeat(TransmissionControlBlock block, long nowNs) {
    Heartbeat heartbeat = endpoint.heartbeat();
    if (!heartbeat.expire(nowNs)) {
      return;
    }
    if (heartbeat.isUnanswered() && !endpoint.countError(block)) {
      return;
    }
    // RFC 9260 8.3: a path is idle when nothing was sent on it that tells the round trip.
    if (nowNs - block.lastProgressNs() < Heartbeat.INTERVAL_NS) {
      heartbeat.restart(block.lastProgressNs());
      return;
    }
    block.sender().trim();
    endpoint.outbox().add(heartbeat.next(nowNs));
  }

  /** No path: nothing expires and nothing counts as an error. */
  void rest(long nowNs) {
    if (!isResting()) {
      downSinceNs = nowNs;
    }
  }

  /** There is a path again; what was left of each timer is left now. */
  void resume(long nowNs) {
    if (!isResting()) {
      return;
    }
    long outageNs = nowNs - downSinceNs;
    downSinceNs = RUNNING;
    postponeState(outageNs);
    TransmissionControlBlock block = endpoint.block();
    if (block != null) {
      block.sender().postpone(outageNs);
      endpoint.heartbeat().postpone(outageNs);
      endpoint.streamReset().postpone(outageNs);
      if (outageNs >= endpoint.rto().rtoNs()) {
        block.sender().onPathChanged(nowNs);
      }
    }
  }

  private void postponeState(long outageNs) {
    State state = endpoint.state();
    if (state instanceof State.CookieWait wait) {
      wait.t1Init().postpone(outageNs);
    } else if (state instanceof State.CookieEchoed echoed) {
      echoed.t1Cookie().postpone(outageNs);
    } else if (state instanceof State.ShutdownSent sent) {
      sent.t2Shutdown().postpone(outageNs);
      sent.t5ShutdownGuard().postpone(outageNs);
    } else if (state instanceof State.ShutdownAckSent sent) {
      sent.t2Shutdown().postpone(outageNs);
      sent.t5ShutdownGuard().postpone(outageNs);
    }
  }
}
