package org.purertc.internal.rtp.format;

import java.util.List;
import org.purertc.internal.util.MalformedPacketException;

/** Reads the RTP payloads of one codec. Keeps nothing between calls. */
public interface Depacketizer {

  /** What one payload says of itself and of its frame. */
  PayloadDescriptor describe(byte[] buffer, int offset, int length) throws MalformedPacketException;

  /**
   * Joins all payloads of one frame, in the order of their sequence numbers.
   *
   * @return the encoded frame as a decoder takes it
   */
  byte[] join(List<byte[]> payloads) throws MalformedPacketException;
}
