package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.List;
import org.purertc.internal.rtp.OutgoingPacket;
import org.purertc.internal.rtp.SendStream;
import org.purertc.internal.rtp.cc.Pacer;
import org.purertc.internal.rtp.cc.PathBudget;
import org.purertc.internal.rtp.cc.ProbeCluster;
import org.purertc.internal.rtp.cc.SendSideBandwidth;
import org.purertc.internal.rtp.rtcp.Remb;
import org.purertc.internal.rtp.rtcp.TransportFeedback;

/**
 * What leaves on one transport, at the pace that its path carries: estimates that from the remote's
 * feedback, tells the encoders, and leaves data its share.
 *
 * <p>A remote that gives no transport-wide feedback is sent to as frames come: nothing tells what
 * its path carries but loss.
 */
final class PacedSending {
  private static final long MAX_QUEUED_BYTES = 8 << 20;
  private static final int MAX_PACKET_BYTES = 1_500;
  private static final long MAX_BITS_PER_SECOND = 200_000_000;
  private static final long UNPACED_BITS_PER_SECOND = 50_000_000;

  private final MediaTransport transport;
  private final Pacer<OutgoingPacket> pacer;
  private final SendSideBandwidth bandwidth;
  private final PathBudget budget;
  private final List<SendingMedia> media = new ArrayList<>();
  private final byte[] buffer = new byte[MAX_PACKET_BYTES + MediaTransport.MAX_OVERHEAD_BYTES];
  private long transportSequence;
  private long droppedPackets;
  private long nowNs;

  PacedSending(MediaTransport transport) {
    this.transport = transport;
    long start = SendSideBandwidth.DEFAULT_START;
    pacer = new Pacer<>(UNPACED_BITS_PER_SECOND, MAX_QUEUED_BYTES, dropped -> droppedPackets++);
    bandwidth =
        new SendSideBandwidth(
            start, SendSideBandwidth.DEFAULT_MIN, MAX_BITS_PER_SECOND, this::targetChanged);
    budget = new PathBudget(start);
  }

  void add(SendingMedia added) {
    media.add(added);
  }

  void remove(SendingMedia removed) {
    media.remove(removed);
  }

  /** Negotiation has changed what is sent, or how. */
  void update(long now) {
    nowNs = now;
    targetChanged(bandwidth.targetBitsPerSecond());
  }

  /** Whether the remote tells when each packet came. */
  private boolean hasFeedback() {
    for (int i = 0; i < media.size(); i++) {
      if (media.get(i).hasTransportFeedback()) {
        return true;
      }
    }
    return false;
  }

  private void targetChanged(long bitsPerSecond) {
    budget.setTarget(bitsPerSecond, nowNs);
    long pace = bandwidth.pacingBitsPerSecond();
    pacer.setRate(hasFeedback() ? pace : Math.max(pace, UNPACED_BITS_PER_SECOND));
    TargetShares.tell(media, budget.mediaBitsPerSecond(nowNs));
  }

  void enqueue(OutgoingPacket packet) {
    Pacer.Priority priority = Pacer.Priority.valueOf(packet.kind().name());
    if (!pacer.enqueue(packet, priority, packet.length(), packet.createdNs())) {
      droppedPackets++;
    }
  }

  void onRemb(Remb remb, long now) {
    nowNs = now;
    bandwidth.onRemb(remb.bitsPerSecond(), now);
  }

  void onFeedback(TransportFeedback feedback, long now) {
    nowNs = now;
    bandwidth.onFeedback(feedback, now);
  }

  /** A report of the remote has come, with a round trip. */
  void onReport(long roundTripNs, long now) {
    nowNs = now;
    bandwidth.onRoundTrip(roundTripNs);
    double fractionLost = 0;
    for (SendingMedia each : media) {
      fractionLost = Math.max(fractionLost, each.stream().remoteStatistics().fractionLost());
    }
    bandwidth.onReceiverReport(fractionLost, now);
  }

  /** What may be sent, in bits per second. */
  long targetBitsPerSecond() {
    return bandwidth.targetBitsPerSecond();
  }

  /** Whether data may send a packet now beside media. */
  boolean leavesRoomForData(long now) {
    boolean room = budget.mayProduce(now);
    if (!room) {
      bandwidth.onDataWaiting(now);
    }
    return room;
  }

  void onDataSent(int bytes, long now) {
    budget.onDataSent(bytes, now);
    bandwidth.onUntrackedSent(bytes, now);
  }

  void produce(long now) {
    nowNs = now;
    for (ProbeCluster probe = bandwidth.pollProbe(); probe != null; probe = bandwidth.pollProbe()) {
      pacer.probe(probe, now);
    }
    while (transport.isWritable()) {
      OutgoingPacket packet = pacer.poll(now);
      if (packet != null) {
        send(packet, now);
      } else if (!addPadding(now)) {
        return;
      }
    }
  }

  /** A probe needs more packets than there are of media. */
  private boolean addPadding(long now) {
    int bytes = pacer.paddingBytes(now);
    for (int i = 0; bytes > 0 && i < media.size(); i++) {
      SendStream stream = media.get(i).stream();
      OutgoingPacket padding = stream.padding(bytes, now);
      if (padding != null) {
        enqueue(padding);
        return true;
      }
    }
    return false;
  }

  private void send(OutgoingPacket packet, long now) {
    boolean tracked = packet.takesTransportSequence();
    long sequence = tracked ? transportSequence++ : 0;
    packet.stamp((int) (sequence & 0xffff), now);
    int length = packet.length();
    System.arraycopy(packet.bytes(), 0, buffer, 0, length);
    int sent = length;
    if (packet.isProtected()) {
      transport.sendProtected(buffer, length);
    } else {
      sent = transport.sendRtp(buffer, length);
      if (sent > 0 && packet.needsProtectedBytes()) {
        packet.keepProtected(buffer, 0, sent);
      }
    }
    if (sent > 0) {
      count(tracked, sequence, sent, now);
    }
  }

  private void count(boolean tracked, long sequence, int bytes, long now) {
    budget.onMediaSent(bytes, now);
    if (tracked) {
      bandwidth.onPacketSent(sequence, bytes, pacer.probeClusterId(), now);
    } else {
      bandwidth.onUntrackedSent(bytes, now);
    }
  }

  long nextDeadlineNs() {
    long paced = transport.isWritable() ? pacer.nextDeadlineNs() : Long.MAX_VALUE;
    return Math.min(paced, Math.min(bandwidth.nextDeadlineNs(), budget.nextDeadlineNs()));
  }

  void onDeadline(long now) {
    nowNs = now;
    if (bandwidth.nextDeadlineNs() <= now) {
      bandwidth.setWanted(TargetShares.wanted(media), now);
      bandwidth.onDeadline(now);
    }
  }

  void stop() {
    pacer.stop();
  }

  /** Packets that found no room, or still waited at the end. */
  long droppedPackets() {
    return droppedPackets;
  }
}
