package org.purertc.internal.rtp;

/** Counts what leaves and what the remote asks for. */
final class SendCounters {
  private long packets;
  private long bytes;
  private long headerBytes;
  private long retransmittedPackets;
  private long retransmittedBytes;
  private long totalSendDelayNs;
  private long lastPacketNs;

  /** Those of the media stream alone, for sender reports. */
  private long mediaPackets;

  private long mediaOctets;

  long frames;
  long nacks;
  long pictureLossIndications;
  long fullIntraRequests;
  long senderReports;

  /**
   * @param isMedia whether it goes with the SSRC of the media stream
   */
  void onLeaving(OutgoingPacket packet, boolean isMedia, long nowNs) {
    int payload = packet.payloadBytes();
    packets++;
    bytes += payload;
    headerBytes += packet.length() - payload;
    totalSendDelayNs += nowNs - packet.createdNs();
    lastPacketNs = nowNs;
    if (packet.kind() == PacketKind.RETRANSMISSION) {
      retransmittedPackets++;
      retransmittedBytes += payload;
    }
    if (isMedia) {
      mediaPackets++;
      mediaOctets += payload;
    }
  }

  long mediaPackets() {
    return mediaPackets;
  }

  long mediaOctets() {
    return mediaOctets;
  }

  SendStatistics snapshot() {
    return new SendStatistics(
        packets,
        bytes,
        headerBytes,
        retransmittedPackets,
        retransmittedBytes,
        frames,
        totalSendDelayNs,
        nacks,
        pictureLossIndications,
        fullIntraRequests,
        senderReports,
        lastPacketNs);
  }
}
