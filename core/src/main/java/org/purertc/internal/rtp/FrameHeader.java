package org.purertc.internal.rtp;

/**
 * What all packets of a frame have in common.
 *
 * @param timestamp in units of the stream's clock, from any start: the stream adds its random one
 * @param captureNs when the frame was captured, on the clock of {@code nowNs}
 */
public record FrameHeader(
    int payloadType, long timestamp, long captureNs, PacketExtensions extensions) {

  public FrameHeader {
    if (payloadType < 0 || payloadType > 127) {
      throw new IllegalArgumentException("payload type " + payloadType);
    }
  }
}
