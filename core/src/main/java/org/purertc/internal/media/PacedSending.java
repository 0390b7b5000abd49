package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.List;
import org.purertc.internal.rtp.OutgoingPacket;
import org.purertc.internal.rtp.PacketKind;
import org.purertc.internal.rtp.cc.Pacer;
import org.purertc.internal.rtp.rtcp.Remb;
import org.purertc.internal.rtp.rtcp.TransportFeedback;

/** What leaves on one transport, at the pace that its path carries. */
final class PacedSending {
  private static final long MAX_QUEUED_BYTES = 8 << 20;
  private static final int MAX_PACKET_BYTES = 1_500;
  private static final long START_BITS_PER_SECOND = 50_000_000;

  private final MediaTransport transport;
  private final Pacer<OutgoingPacket> pacer;
  private final List<SendingMedia> media = new ArrayList<>();
  private final byte[] buffer = new byte[MAX_PACKET_BYTES + MediaTransport.MAX_OVERHEAD_BYTES];
  private int transportSequence;
  private long droppedPackets;

  PacedSending(MediaTransport transport) {
    this.transport = transport;
    pacer = new Pacer<>(START_BITS_PER_SECOND, MAX_QUEUED_BYTES, dropped -> droppedPackets++);
  }

  void add(SendingMedia added) {
    media.add(added);
  }

  void remove(SendingMedia removed) {
    media.remove(removed);
  }

  void enqueue(OutgoingPacket packet) {
    boolean queued =
        pacer.enqueue(packet, priority(packet.kind()), packet.length(), packet.createdNs());
    if (!queued) {
      droppedPackets++;
    }
  }

  private static Pacer.Priority priority(PacketKind kind) {
    return Pacer.Priority.valueOf(kind.name());
  }

  void onRemb(Remb remb, long nowNs) {}

  void onFeedback(TransportFeedback feedback, long nowNs) {}

  void onRoundTrip(long roundTripNs) {}

  void produce(long nowNs) {
    while (transport.isWritable()) {
      OutgoingPacket packet = pacer.poll(nowNs);
      if (packet == null) {
        return;
      }
      send(packet, nowNs);
    }
  }

  private void send(OutgoingPacket packet, long nowNs) {
    int sequence = packet.takesTransportSequence() ? transportSequence++ & 0xffff : 0;
    packet.stamp(sequence, nowNs);
    int length = packet.length();
    System.arraycopy(packet.bytes(), 0, buffer, 0, length);
    if (packet.isProtected()) {
      transport.sendProtected(buffer, length);
      return;
    }
    int sent = transport.sendRtp(buffer, length);
    if (sent > 0 && packet.needsProtectedBytes()) {
      packet.keepProtected(buffer, 0, sent);
    }
  }

  long nextDeadlineNs() {
    return pacer.nextDeadlineNs();
  }

  void onDeadline(long nowNs) {}

  void stop() {
    pacer.stop();
  }
}
