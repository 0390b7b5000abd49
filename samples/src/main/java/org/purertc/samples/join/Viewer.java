package org.purertc.samples.join;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelState;
import org.purertc.RTCException;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.inspect.PeerView;

/**
 * Tells the other member what this end sees, over a channel that it opens for that: the states and
 * what becomes of them, and the statistics whenever it asks, docs/pages.md. All on the peer's
 * thread.
 */
final class Viewer {
  /** The channel's protocol. */
  static final String PROTOCOL = "purertc-view";

  /** Some dozens of answers: who has not taken them needs no more. */
  private static final long MAX_BUFFERED_BYTES = 1 << 20;

  private final PeerView view;
  private @Nullable RTCDataChannel channel;

  Viewer(RTCPeerConnection peer) {
    view = new PeerView(peer, this::tell);
  }

  /** The newest channel counts. */
  void open(RTCDataChannel opened) {
    channel = opened;
    opened.onMessage(look -> answer(opened));
    view.tellStates();
  }

  void onState(RTCPeerConnectionState state) {
    view.tell("connection", state);
  }

  private void answer(RTCDataChannel asking) {
    if (asking == channel && asking.bufferedAmount() < MAX_BUFFERED_BYTES) {
      view.tellStatistics();
    }
  }

  private void tell(JsonNode message) {
    RTCDataChannel open = channel;
    if (open == null || open.readyState() != RTCDataChannelState.OPEN) {
      return;
    }
    try {
      open.send(message.toString());
    } catch (RTCException e) {
      // The member asks and does not read, or has just gone.
      open.close();
    }
  }
}
