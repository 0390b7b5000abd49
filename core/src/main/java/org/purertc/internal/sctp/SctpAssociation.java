package org.purertc.internal.sctp;

import java.util.random.RandomGenerator;
import org.purertc.internal.sctp.packet.ErrorCause;
import org.purertc.internal.sctp.tx.OutgoingMessage;
import org.purertc.internal.util.MalformedPacketException;

/**
 * One SCTP association, RFC 9260: packets, messages and time in; packets, events and a deadline
 * out.
 *
 * <p>It never sends by itself: the owner calls {@link #produce} until 0 at the end of each turn in
 * which it called anything else, and {@link #onDeadline} at {@link #nextDeadlineNs}.
 *
 * <p>The listener is called from inside the call that caused an event, when the association is done
 * with it; so it may call any method here but {@link #produce}, whose packet the owner still holds.
 * What that causes is told after the events that wait.
 */
public final class SctpAssociation {

  /** What {@link #send} did. */
  public enum SendResult {
    QUEUED,
    /** The stream is being reset or the association is shutting down or closed. */
    REFUSED
  }

  private static final int MAX_STREAM_ID = 65_534;

  private final Endpoint endpoint;
  private final Handshake handshake;
  private final ShutdownSequence shutdown;
  private final PacketReceiver receiver;
  private final PacketProducer producer;
  private final Deadlines deadlines;
  private long malformedPackets;

  /**
   * @param random for tags, first TSNs, the key of the cookies and jitter: a secure one outside
   *     tests
   */
  public SctpAssociation(SctpConfig config, RandomGenerator random, SctpListener listener) {
    endpoint = new Endpoint(config, random, listener);
    handshake = new Handshake(endpoint);
    shutdown = new ShutdownSequence(endpoint);
    receiver = new PacketReceiver(endpoint, handshake, shutdown);
    producer = new PacketProducer(endpoint);
    deadlines = new Deadlines(endpoint, handshake, shutdown);
  }

  /** Sends INIT; both sides may, RFC 9260 section 5.2.1. */
  public void connect(long nowNs) {
    handshake.connect(nowNs);
  }

  /** Takes a packet; a malformed one is counted and dropped. */
  public void receive(byte[] buffer, int offset, int length, long nowNs) {
    try {
      receiver.receive(buffer, offset, length, nowNs);
    } catch (MalformedPacketException e) {
      malformedPackets++;
    }
    endpoint.events().deliver();
  }

  /**
   * Queues a message, also before the handshake ended. The array belongs to the association.
   *
   * @param message at least one byte: SCTP has no empty messages
   */
  public SendResult send(int streamId, long ppid, byte[] message, SendOptions options, long nowNs) {
    if (streamId < 0 || streamId > MAX_STREAM_ID) {
      throw new IllegalArgumentException("stream " + streamId + " is not 0 to " + MAX_STREAM_ID);
    }
    if (message.length == 0) {
      throw new IllegalArgumentException(
          "SCTP has no empty messages; RFC 8831 section 6.6 sends one byte with PPID 56 or 57");
    }
    if (!takes(streamId)) {
      return SendResult.REFUSED;
    }
    long expiresAtNs =
        options.lifetimeNs() < 0
            ? OutgoingMessage.NEVER
            : saturatedSum(nowNs, options.lifetimeNs());
    endpoint
        .queue()
        .add(
            new OutgoingMessage(
                streamId,
                ppid,
                message,
                options.unordered(),
                options.maxRetransmits(),
                expiresAtNs));
    return SendResult.QUEUED;
  }

  private static long saturatedSum(long nowNs, long durationNs) {
    long sum = nowNs + durationNs;
    return sum < nowNs ? OutgoingMessage.NEVER : sum;
  }

  private boolean takes(int streamId) {
    State state = endpoint.state();
    boolean isOpen =
        state instanceof State.Closed
            || state instanceof State.CookieWait
            || state instanceof State.CookieEchoed
            || state instanceof State.Established;
    int streams = endpoint.outboundStreams();
    boolean exists = streams == 0 || streamId < streams;
    return isOpen
        && exists
        && !shutdown.isWanted()
        && !endpoint.streamReset().isResetting(streamId);
  }

  /** The owner has passed on received bytes: the window opens again. */
  public void consumed(int bytes, long nowNs) {
    TransmissionControlBlock block = endpoint.block();
    if (block != null) {
      block.reassembly().consumed(bytes);
    }
  }

  /** Resets outgoing streams after what was queued on them is acknowledged, RFC 6525. */
  public void resetStreams(int[] streamIds, long nowNs) {
    if (!(endpoint.state() instanceof State.Ended)) {
      endpoint.streamReset().reset(streamIds);
    }
  }

  /**
   * Writes the next packet.
   *
   * <p>A chunk that is sent again cannot be cut anew. When the path MTU shrank, its packet may be
   * longer than {@code maxPacketBytes}, up to the largest value that was given before.
   *
   * @param maxPacketBytes path MTU less everything below SCTP
   * @return its length, 0 when nothing is to be sent now
   */
  public int produce(byte[] out, int offset, int maxPacketBytes, long nowNs) {
    if (deadlines.isResting() && !(endpoint.state() instanceof State.Ended)) {
      return 0;
    }
    int length = producer.produce(out, offset, maxPacketBytes, nowNs);
    shutdown.proceed(nowNs);
    endpoint.events().deliver();
    return length;
  }

  public long nextDeadlineNs() {
    return deadlines.nextNs();
  }

  public void onDeadline(long nowNs) {
    deadlines.onDeadline(nowNs);
    endpoint.events().deliver();
  }

  /** Another path carries us: RTT, window and MTU start again, and retransmission is immediate. */
  public void pathChanged(long nowNs) {
    TransmissionControlBlock block = endpoint.block();
    if (block != null) {
      block.errors().reset();
      block.sender().onPathChanged(nowNs);
    }
    handshake.onPathChanged();
    endpoint.streamReset().sendAgain();
  }

  /** The same path was found to work: what has timed out on it need not wait for its timer. */
  public void pathConfirmed(long nowNs) {
    TransmissionControlBlock block = endpoint.block();
    if (block != null && !block.errors().isZero()) {
      pathChanged(nowNs);
    }
  }

  /** No path: timers and error counters pause. */
  public void pathDown(long nowNs) {
    deadlines.rest(nowNs);
  }

  public void pathUp(long nowNs) {
    deadlines.resume(nowNs);
  }

  /** First RTO from a round trip that ICE measured, clamped to 200 ms–1 s; before connect. */
  public void initialRoundTrip(long rttNs) {
    endpoint.rto().initialRoundTrip(rttNs);
  }

  /** Orderly end: after everything queued was acknowledged. */
  public void shutdown(long nowNs) {
    shutdown.shutdown(nowNs);
    endpoint.events().deliver();
  }

  /** Ends at once with an ABORT in the next packet; onClosed is not called. */
  public void abort(String reason, long nowNs) {
    endpoint.abortSilently(ErrorCause.userInitiatedAbort(reason));
  }

  public boolean isConnected() {
    TransmissionControlBlock block = endpoint.block();
    return block != null && !(endpoint.state() instanceof State.CookieEchoed);
  }

  /** User bytes that wait in the send queue, never sent so far. */
  public long queuedBytes() {
    return endpoint.queue().bytes();
  }

  /** Everything queued was also acknowledged. */
  public boolean isIdle() {
    TransmissionControlBlock block = endpoint.block();
    return endpoint.queue().isEmpty() && (block == null || block.sender().isEmpty());
  }

  /** Smoothed round trip, or -1. */
  public long roundTripNs() {
    return endpoint.rto().smoothedNs();
  }

  /** Packets that were dropped because they broke a rule, as a whole or from some chunk on. */
  public long malformedPackets() {
    return malformedPackets;
  }
}
