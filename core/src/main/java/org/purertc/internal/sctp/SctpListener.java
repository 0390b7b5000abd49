package org.purertc.internal.sctp;

/** What an association tells its owner, from inside the call that caused it. */
public interface SctpListener {

  /** The handshake ended; numbers of streams after negotiation. */
  void onConnected(int outboundStreams, int inboundStreams);

  /**
   * A whole message. It counts against the receive window until the owner calls {@link
   * SctpAssociation#consumed}.
   *
   * @param message belongs to the callee
   */
  void onMessage(int streamId, long ppid, byte[] message);

  /** User bytes left the send queue: sent for the first time, or given up. */
  void onSent(int streamId, int bytes);

  /** The peer reset these of its outgoing streams, RFC 6525; each message before was delivered. */
  void onIncomingStreamsReset(int[] streamIds);

  /** Our reset was performed, or denied by the peer or by its silence. */
  void onOutgoingStreamsReset(int[] streamIds, boolean performed);

  /** The peer restarted the association, RFC 9260 section 5.2; what was in flight is lost. */
  void onRestarted();

  /** The number of outbound streams changed, RFC 6525 section 5.2.5. */
  void onOutboundStreams(int outboundStreams);

  /**
   * The peer acknowledged nothing in time, RFC 9260 section 6.3.3: it is sent again, and slowly. If
   * the path was down, {@link SctpAssociation#pathConfirmed} saves the wait for the next time-out.
   */
  void onUnacknowledged();

  /**
   * Once, at the end: SHUTDOWN completed, ABORT, or the peer did not answer.
   *
   * @param orderly after a SHUTDOWN that either side began
   */
  void onClosed(boolean orderly, String reason);
}
