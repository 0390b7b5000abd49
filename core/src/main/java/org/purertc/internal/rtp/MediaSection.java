package org.purertc.internal.rtp;

import java.util.Map;

/**
 * A media section to which received packets may belong.
 *
 * @param signalled the SSRCs that {@code a=ssrc} names, and of each that of its retransmissions
 *     ({@code a=ssrc-group:FID}), -1 without
 */
public record MediaSection(String mid, ReceiveParameters parameters, Map<Long, Long> signalled) {

  public MediaSection {
    signalled = Map.copyOf(signalled);
  }

  boolean has(int payloadType) {
    return parameters.clockRates().containsKey(payloadType) || isRtx(payloadType);
  }

  boolean isRtx(int payloadType) {
    return parameters.rtxPayloadTypes().containsKey(payloadType);
  }
}
