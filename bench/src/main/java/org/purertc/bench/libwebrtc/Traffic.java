package org.purertc.bench.libwebrtc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import org.jspecify.annotations.Nullable;

/** What a case sends, and what it measures at which end. */
interface Traffic {

  /** Sends on the open channel until the case is over. */
  @Nullable ObjectNode offer(RTCDataChannel channel) throws Exception;

  /** Waits at the answerer until the case is over; null when the offerer has the figures. */
  @Nullable ObjectNode answer() throws Exception;

  void onMessageAtOfferer(RTCDataChannelBuffer message);

  void onMessageAtAnswerer(RTCDataChannel channel, RTCDataChannelBuffer message);

  /** Less waits in the offerer's channel than before. */
  void onBufferedAmountChange();
}
