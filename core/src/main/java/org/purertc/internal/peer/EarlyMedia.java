package org.purertc.internal.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * RTP and RTCP that came before their keys: the end of a handshake is known to one side half a
 * round trip before the other, or longer when a flight is lost.
 */
final class EarlyMedia {
  static final int MAX_PACKETS = 256;
  static final int MAX_BYTES = 256 * 1024;

  /** As it came, protected; what measures delays wants to know when. */
  record Packet(DatagramKind kind, byte[] bytes, long arrivedNs) {}

  private List<Packet> packets = List.of();
  private int bytes;

  /** Keeps a copy; without effect when there is no room. */
  void keep(DatagramKind kind, byte[] buffer, int offset, int length, long nowNs) {
    if (packets.size() == MAX_PACKETS || bytes + length > MAX_BYTES) {
      return;
    }
    if (packets.isEmpty()) {
      packets = new ArrayList<>();
    }
    packets.add(new Packet(kind, Arrays.copyOfRange(buffer, offset, offset + length), nowNs));
    bytes += length;
  }

  /** Hands out all, in the order in which they came. */
  List<Packet> take() {
    List<Packet> taken = packets;
    packets = List.of();
    bytes = 0;
    return taken;
  }
}
