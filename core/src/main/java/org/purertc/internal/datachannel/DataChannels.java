package org.purertc.internal.datachannel;

import org.jspecify.annotations.Nullable;

/**
 * The data channels of one association: ids, DCEP, delivery, closing. Loop thread only.
 *
 * <p>A message is handed to {@link ChannelListener#onMessage}; the owner of the association is told
 * what was consumed by whoever received it, not by this class, except for what this class itself
 * swallows ({@link Listener#onSwallowed}).
 */
public final class DataChannels {

  /** What the owner must know. */
  public interface Listener {
    /** The peer opened a channel: returns who listens to it from now on. */
    ChannelListener onIncoming(DataChannel channel);

    /** Received bytes that nobody gets (DCEP, unknown streams): the window may open. */
    void onSwallowed(int bytes);
  }

  public DataChannels(DataTransport transport, Listener listener) {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Creates a channel; it opens once the association is connected.
   *
   * @throws IllegalStateException when the negotiated id is in use or no id is left
   */
  public DataChannel create(ChannelParameters parameters, ChannelListener listener) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** RFC 8832 section 6: the DTLS client takes even ids, the server odd ones. */
  public void onDtlsRole(boolean client) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onConnected(int outboundStreams, int inboundStreams) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onMessage(int streamId, long ppid, byte[] message) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onSent(int streamId, int bytes) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onIncomingStreamsReset(int[] streamIds) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onOutgoingStreamsReset(int[] streamIds, boolean performed) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onOutboundStreams(int outboundStreams) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** The association ended: every channel closes. */
  public void onAssociationClosed(boolean orderly, String reason) {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable DataChannel channel(int streamId) {
    throw new UnsupportedOperationException("skeleton");
  }
}
