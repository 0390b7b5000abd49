package org.purertc.internal.sctp;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.packet.AbortChunk;
import org.purertc.internal.sctp.packet.ErrorCause;
import org.purertc.internal.sctp.rx.DataTracker;
import org.purertc.internal.sctp.rx.MessageSink;
import org.purertc.internal.sctp.rx.ReassemblyQueue;
import org.purertc.internal.sctp.tx.RetransmissionQueue;
import org.purertc.internal.sctp.tx.RetransmissionTimeout;
import org.purertc.internal.sctp.tx.SendQueue;

/** What the parts of an association share: its state, what waits, and how it begins and ends. */
final class Endpoint implements MessageSink {
  /** A packet at the base path MTU: 1,200 bytes of UDP payload less a record of DTLS. */
  private static final int BASE_PACKET_BYTES = 1200 - 37;

  private final SctpConfig config;
  private final RandomGenerator random;
  private final EventQueue events;
  private final SendQueue queue;
  private final Outbox outbox = new Outbox();
  private final RetransmissionTimeout rto = new RetransmissionTimeout();
  private final Heartbeat heartbeat;
  private final StreamReset streamReset;
  private State state = new State.Closed();
  private @Nullable ErrorCause violation;
  private int outboundStreams;
  private int inboundStreams;

  Endpoint(SctpConfig config, RandomGenerator random, SctpListener listener) {
    this.config = config;
    this.random = random;
    events = new EventQueue(listener);
    queue = new SendQueue(events);
    heartbeat = new Heartbeat(random, rto);
    streamReset = new StreamReset(this);
  }

  SctpConfig config() {
    return config;
  }

  RandomGenerator random() {
    return random;
  }

  EventQueue events() {
    return events;
  }

  SendQueue queue() {
    return queue;
  }

  Outbox outbox() {
    return outbox;
  }

  RetransmissionTimeout rto() {
    return rto;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  StreamReset streamReset() {
    return streamReset;
  }

  State state() {
    return state;
  }

  void become(State next) {
    state = next;
  }

  /** What sends and receives, null before the peer is known and after the end. */
  @Nullable TransmissionControlBlock block() {
    return state instanceof State.WithPeer known ? known.block() : null;
  }

  /** Our outbound streams after the handshake, 0 before. */
  int outboundStreams() {
    return outboundStreams;
  }

  int inboundStreams() {
    return inboundStreams;
  }

  void addInboundStreams(int count) {
    inboundStreams += count;
  }

  void addOutboundStreams(int count) {
    outboundStreams += count;
    events.outboundStreams(outboundStreams);
  }

  TransmissionControlBlock newBlock(LocalEndpoint local, RemoteEndpoint remote) {
    return newBlock(local, remote, newSender(local, remote));
  }

  /** The peer turned out to be another than the one that our COOKIE ECHO went to. */
  TransmissionControlBlock newBlock(
      LocalEndpoint local, RemoteEndpoint remote, RetransmissionQueue sender) {
    DataTracker tracker = new DataTracker(remote.initialTsn());
    ReassemblyQueue reassembly =
        new ReassemblyQueue(
            tracker, config.receiveWindowBytes(), config.maxReceiveMessageBytes(), this);
    return new TransmissionControlBlock(local, remote, sender, tracker, reassembly);
  }

  /** The peer restarted: nothing in flight is left, but the user may still hold messages. */
  TransmissionControlBlock restartedBlock(
      TransmissionControlBlock old, LocalEndpoint local, RemoteEndpoint remote) {
    queue.restart();
    rto.restart();
    ReassemblyQueue reassembly = old.reassembly();
    reassembly.restart(remote.initialTsn());
    return new TransmissionControlBlock(
        local, remote, newSender(local, remote), old.tracker(), reassembly);
  }

  private RetransmissionQueue newSender(LocalEndpoint local, RemoteEndpoint remote) {
    var agreed =
        new RetransmissionQueue.Remote(
            local.initialTsn(), remote.receiveWindowBytes(), remote.supportsForwardTsn());
    return new RetransmissionQueue(queue, rto, agreed, BASE_PACKET_BYTES);
  }

  /** The handshake ended, or the peer restarted. */
  void establish(TransmissionControlBlock block, long nowNs) {
    state = new State.Established(block);
    outboundStreams = Math.min(config.outboundStreams(), block.remote().inboundStreams());
    inboundStreams = Math.min(config.inboundStreams(), block.remote().outboundStreams());
    block.onProgress(nowNs);
    heartbeat.restart(nowNs);
    streamReset.begin(block);
  }

  /** Everything stops; the listener hears of it once. */
  void end(boolean orderly, String reason) {
    if (stop(orderly)) {
      events.closed(orderly, reason);
    }
  }

  /** Ends with an ABORT that tells the peer why. */
  void abort(ErrorCause cause, String reason) {
    sendAbort(cause);
    end(false, reason);
  }

  /** Ends without a word to the listener, and nothing that it was to hear is said any more. */
  void abortSilently(ErrorCause cause) {
    sendAbort(cause);
    stop(false);
    events.clear();
  }

  private void sendAbort(ErrorCause cause) {
    TransmissionControlBlock block = block();
    outbox.clear();
    if (block != null) {
      AbortChunk abort = new AbortChunk(false, List.of(cause));
      outbox.addStandalone(block.remote().tag(), abort);
    }
  }

  private boolean stop(boolean orderly) {
    if (state instanceof State.Ended) {
      return false;
    }
    state = new State.Ended(orderly);
    outbox.clearBundled();
    heartbeat.stop();
    streamReset.stop();
    queue.clear();
    return true;
  }

  /** The peer did not answer once more; whether the association goes on, RFC 9260 section 8.1. */
  boolean countError(TransmissionControlBlock block) {
    block.errors().increment();
    if (block.errors().isExceeded()) {
      ErrorCause cause = ErrorCause.userInitiatedAbort("too many retransmissions");
      abort(cause, "the peer does not answer");
      return false;
    }
    return true;
  }

  @Override
  public void onMessage(int streamId, long ppid, byte[] message) {
    events.message(streamId, ppid, message);
  }

  @Override
  public void onStreamsReset(int[] streamIds) {
    streamReset.onIncomingPerformed(streamIds);
  }

  @Override
  public void onViolation(ErrorCause cause) {
    violation = cause;
  }

  /** Aborts if the chunks of a packet broke a rule. */
  void abortOnViolation() {
    ErrorCause cause = violation;
    if (cause != null) {
      violation = null;
      abort(cause, "the peer broke the protocol: " + cause.describe());
    }
  }
}
