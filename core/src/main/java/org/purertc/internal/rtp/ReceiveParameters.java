package org.purertc.internal.rtp;

import java.util.Map;

/**
 * What was negotiated for the streams of a section that are received.
 *
 * @param clockRates by payload type, in Hz; without those of retransmissions
 * @param rtxPayloadTypes for the payload type of retransmissions that of the media, {@code apt}
 * @param nacks whether we ask for lost packets: {@code a=rtcp-fb nack}
 * @param pictureLossIndications whether the remote takes PLI: {@code nack pli}
 * @param fullIntraRequests whether the remote takes FIR: {@code ccm fir}
 */
public record ReceiveParameters(
    Map<Integer, Integer> clockRates,
    Map<Integer, Integer> rtxPayloadTypes,
    boolean nacks,
    boolean pictureLossIndications,
    boolean fullIntraRequests) {

  public ReceiveParameters {
    clockRates = Map.copyOf(clockRates);
    rtxPayloadTypes = Map.copyOf(rtxPayloadTypes);
  }
}
