package org.purertc.internal.rtp;

import org.purertc.internal.rtp.rtcp.Remb;
import org.purertc.internal.rtp.rtcp.RtcpPacket;

/** Takes what the remote's RTCP asks for. */
public interface RtcpListener {

  /** A packet to be sent once more, for the pacer. */
  void onRetransmission(OutgoingPacket packet);

  /** The remote needs a key frame of this stream. */
  void onKeyFrameRequest(SendStream stream);

  /** The remote estimates its bandwidth. */
  void onRemb(Remb remb);

  /** A packet of a kind that concerns no single stream, or is not known here. */
  void onOther(RtcpPacket packet, long nowNs);

  /** The round trip of what is received was measured. */
  void onReceiverRoundTrip(long roundTripNs);

  /** The round trip of a stream that is sent was measured. */
  void onRoundTrip(long roundTripNs);
}
