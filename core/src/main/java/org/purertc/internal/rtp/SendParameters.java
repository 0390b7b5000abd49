package org.purertc.internal.rtp;

import java.util.Map;

/**
 * What was negotiated for a stream that is sent.
 *
 * @param ssrc 32 bits
 * @param rtxSsrc of its retransmissions, RFC 4588; -1 without
 * @param kind {@link PacketKind#AUDIO} or {@link PacketKind#VIDEO}
 * @param clockRate in Hz
 * @param rtxPayloadTypes for each payload type that of its retransmissions
 * @param retransmits whether the remote may ask for packets: {@code a=rtcp-fb nack}
 * @param extensions those that the remote takes
 * @param mid empty without one
 * @param rid empty without one
 */
public record SendParameters(
    long ssrc,
    long rtxSsrc,
    PacketKind kind,
    int clockRate,
    Map<Integer, Integer> rtxPayloadTypes,
    boolean retransmits,
    ExtensionIds extensions,
    String mid,
    String rid) {

  public SendParameters {
    rtxPayloadTypes = Map.copyOf(rtxPayloadTypes);
    if (clockRate <= 0 || kind != PacketKind.AUDIO && kind != PacketKind.VIDEO) {
      throw new IllegalArgumentException(kind + " with a clock of " + clockRate + " Hz");
    }
  }

  boolean hasRtx() {
    return rtxSsrc >= 0 && !rtxPayloadTypes.isEmpty();
  }
}
