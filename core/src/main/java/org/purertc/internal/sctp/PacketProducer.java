package org.purertc.internal.sctp;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.packet.Checksum;
import org.purertc.internal.sctp.packet.Chunk;
import org.purertc.internal.sctp.packet.CookieEchoChunk;
import org.purertc.internal.sctp.packet.PacketWriter;
import org.purertc.internal.sctp.packet.SackChunk;
import org.purertc.internal.sctp.rx.DataTracker;

/**
 * Packs what is due into one packet: control chunks, SACK, FORWARD TSN, what is sent again, new
 * DATA.
 */
final class PacketProducer {
  private final Endpoint endpoint;

  PacketProducer(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  int produce(byte[] out, int offset, int maxPacketBytes, long nowNs) {
    Outbox.@Nullable StandalonePacket alone = endpoint.outbox().pollStandalone();
    if (alone != null) {
      PacketWriter packet = packet(out, offset, maxPacketBytes, alone.tag());
      if (packet.fits(alone.chunk())) {
        return packet.add(alone.chunk()).finish(Checksum.CRC32C);
      }
    }
    TransmissionControlBlock block = endpoint.block();
    if (block == null) {
      return 0;
    }
    int packetBytes = block.sender().packetBytes(maxPacketBytes);
    PacketWriter packet = packet(out, offset, packetBytes, block.remote().tag());
    boolean echoes = addControl(packet);
    boolean sendsData = sendsData();
    if (sendsData || endpoint.state() instanceof State.ShutdownSent) {
      endpoint.streamReset().produce(packet, block, nowNs);
      addSack(packet, block);
    }
    if (sendsData || echoes) {
      block.sender().produceForwardTsn(packet, nowNs);
      block.sender().produce(packet, maxPacketBytes, nowNs);
    }
    return packet.finish(Checksum.CRC32C);
  }

  private PacketWriter packet(byte[] out, int offset, int maxPacketBytes, long tag) {
    return new PacketWriter(out, offset, maxPacketBytes)
        .header(endpoint.config().localPort(), endpoint.config().remotePort(), tag);
  }

  /** Whether a COOKIE ECHO is among them, to which DATA may be added (RFC 9260 5.1 C). */
  private boolean addControl(PacketWriter packet) {
    boolean echoes = false;
    Chunk chunk = endpoint.outbox().peek();
    // What does not fit even into an empty packet, such as an answer to a giant HEARTBEAT, is left
    // out.
    while (chunk != null && (packet.fits(chunk) || packet.isEmpty())) {
      if (packet.fits(chunk)) {
        packet.add(chunk);
        echoes |= chunk instanceof CookieEchoChunk;
      }
      endpoint.outbox().remove();
      chunk = endpoint.outbox().peek();
    }
    return echoes;
  }

  /** RFC 9260 section 6: in these states DATA is sent. */
  private boolean sendsData() {
    return endpoint.state() instanceof State.Established
        || endpoint.state() instanceof State.ShutdownPending
        || endpoint.state() instanceof State.ShutdownReceived;
  }

  private static void addSack(PacketWriter packet, TransmissionControlBlock block) {
    DataTracker tracker = block.tracker();
    boolean rides = tracker.isSackPending() && block.sender().hasToSend();
    if ((tracker.isSackDue() || rides) && packet.remaining() >= SackChunk.FIXED_BYTES) {
      packet.add(tracker.buildSack(block.reassembly().windowBytes(), packet.remaining()));
    }
  }
}
