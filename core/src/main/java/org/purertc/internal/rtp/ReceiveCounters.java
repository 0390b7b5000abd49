package org.purertc.internal.rtp;

/** Counts what comes and what was asked for. */
final class ReceiveCounters {
  private long packets;
  private long bytes;
  private long headerBytes;
  private long retransmittedPackets;
  private long retransmittedBytes;
  private long lastPacketNs;

  long duplicatePackets;
  long discardedPackets;
  long nacks;
  long pictureLossIndications;
  long fullIntraRequests;

  void onPacket(RtpPacket packet, long nowNs) {
    int payload = packet.payloadLength();
    packets++;
    bytes += payload;
    headerBytes += packet.headerAndPaddingBytes();
    lastPacketNs = nowNs;
  }

  /** Of a packet that was counted already. */
  void onRetransmission(int payloadBytes) {
    retransmittedPackets++;
    retransmittedBytes += payloadBytes;
  }

  ReceiveStatistics snapshot(long lost, double jitterSeconds) {
    return new ReceiveStatistics(
        packets,
        bytes,
        headerBytes,
        retransmittedPackets,
        retransmittedBytes,
        lost,
        jitterSeconds,
        duplicatePackets,
        discardedPackets,
        nacks,
        pictureLossIndications,
        fullIntraRequests,
        lastPacketNs);
  }
}
