package org.purertc.internal.sctp;

import java.util.random.RandomGenerator;

/**
 * One SCTP association, RFC 9260: packets, messages and time in; packets, events and a deadline
 * out.
 *
 * <p>It never sends by itself: the owner calls {@link #produce} until 0 at the end of each turn in
 * which it called anything else, and {@link #onDeadline} at {@link #nextDeadlineNs}.
 */
public final class SctpAssociation {

  /** What {@link #send} did. */
  public enum SendResult {
    QUEUED,
    /** The stream is being reset or the association is shutting down or closed. */
    REFUSED
  }

  public SctpAssociation(SctpConfig config, RandomGenerator random, SctpListener listener) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Sends INIT; both sides may, RFC 9260 section 5.2.1. */
  public void connect(long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void receive(byte[] buffer, int offset, int length, long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Queues a message, also before the handshake ended. The array belongs to the association. */
  public SendResult send(int streamId, long ppid, byte[] message, SendOptions options, long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** The owner has passed on received bytes: the window opens again. */
  public void consumed(int bytes, long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Resets outgoing streams after what was queued on them is acknowledged, RFC 6525. */
  public void resetStreams(int[] streamIds, long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Writes the next packet.
   *
   * @param maxPacketBytes path MTU less everything below SCTP
   * @return its length, 0 when nothing is to be sent now
   */
  public int produce(byte[] out, int offset, int maxPacketBytes, long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  public long nextDeadlineNs() {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onDeadline(long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Another path carries us: RTT, window and MTU start again, and retransmission is immediate. */
  public void pathChanged(long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** No path: timers and error counters pause. */
  public void pathDown(long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void pathUp(long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** First RTO from a round trip that ICE measured, clamped to 200 ms–1 s; before connect. */
  public void initialRoundTrip(long rttNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Orderly end: after everything queued was acknowledged. */
  public void shutdown(long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Ends at once with an ABORT in the next packet; onClosed is not called. */
  public void abort(String reason, long nowNs) {
    throw new UnsupportedOperationException("skeleton");
  }

  public boolean isConnected() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** User bytes that wait in the send queue, never sent so far. */
  public long queuedBytes() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Everything queued was also acknowledged. */
  public boolean isIdle() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Smoothed round trip, or -1. */
  public long roundTripNs() {
    throw new UnsupportedOperationException("skeleton");
  }
}
