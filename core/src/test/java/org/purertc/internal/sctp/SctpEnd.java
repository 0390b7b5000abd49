package org.purertc.internal.sctp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.purertc.internal.sctp.packet.Checksum;
import org.purertc.internal.sctp.packet.Chunk;
import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.sctp.packet.PacketReader;
import org.purertc.internal.util.MalformedPacketException;

/** One association with a listener that remembers everything. */
final class SctpEnd implements SctpListener {
  record Received(int streamId, long ppid, byte[] bytes) {}

  private static final int PACKET_BYTES = 1160;

  final SctpAssociation association;
  final List<Received> received = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final List<byte[]> sentPackets = new ArrayList<>();
  boolean consumes = true;
  int packetBytes = PACKET_BYTES;
  long sentBytes;
  int timeouts;
  long nowNs;
  Runnable onMessage = () -> {};
  Runnable onConnected = () -> {};
  private final byte[] out = new byte[70_000];

  SctpEnd(SctpConfig config, long seed) {
    association = new SctpAssociation(config, new Random(seed), this);
  }

  static SctpEnd with(long seed) {
    return new SctpEnd(SctpConfig.DEFAULT, seed);
  }

  @Override
  public void onConnected(int outboundStreams, int inboundStreams) {
    events.add("connected " + outboundStreams + "/" + inboundStreams);
    onConnected.run();
  }

  @Override
  public void onMessage(int streamId, long ppid, byte[] message) {
    received.add(new Received(streamId, ppid, message));
    if (consumes) {
      association.consumed(message.length, nowNs);
    }
    onMessage.run();
  }

  @Override
  public void onSent(int streamId, int bytes) {
    sentBytes += bytes;
  }

  @Override
  public void onIncomingStreamsReset(int[] streamIds) {
    events.add("incoming reset " + Arrays.toString(streamIds));
  }

  @Override
  public void onOutgoingStreamsReset(int[] streamIds, boolean performed) {
    events.add("outgoing reset " + Arrays.toString(streamIds) + (performed ? "" : " denied"));
  }

  @Override
  public void onRestarted() {
    events.add("restarted");
  }

  @Override
  public void onOutboundStreams(int outboundStreams) {
    events.add("outbound streams " + outboundStreams);
  }

  @Override
  public void onUnacknowledged() {
    timeouts++;
  }

  @Override
  public void onClosed(boolean orderly, String reason) {
    events.add("closed " + (orderly ? "orderly" : reason));
  }

  void connect(long atNs) {
    nowNs = atNs;
    association.connect(atNs);
    drain();
  }

  void receive(byte[] packet) {
    association.receive(packet, 0, packet.length, nowNs);
  }

  /** Takes what is to be sent into {@link #sentPackets}; the number of packets. */
  int drain() {
    int before = sentPackets.size();
    byte[] packet = next();
    while (packet != null) {
      sentPackets.add(packet);
      if (sentPackets.size() - before > 100_000) {
        throw new AssertionError("produce never ends");
      }
      packet = next();
    }
    return sentPackets.size() - before;
  }

  byte[] next() {
    int length = association.produce(out, 0, packetBytes, nowNs);
    return length == 0 ? null : Arrays.copyOf(out, length);
  }

  /** Time passes without a network. */
  void advanceTo(long untilNs) {
    while (association.nextDeadlineNs() <= untilNs) {
      nowNs = Math.max(nowNs, association.nextDeadlineNs());
      association.onDeadline(nowNs);
      drain();
    }
    nowNs = untilNs;
  }

  List<byte[]> takePackets() {
    List<byte[]> packets = new ArrayList<>(sentPackets);
    sentPackets.clear();
    return packets;
  }

  static List<Chunk> chunks(byte[] packet) {
    try {
      PacketReader reader = new PacketReader(packet, 0, packet.length, Checksum.CRC32C);
      List<Chunk> chunks = new ArrayList<>();
      while (reader.hasNext()) {
        chunks.add(reader.next());
      }
      return chunks;
    } catch (MalformedPacketException e) {
      throw new AssertionError("we sent a malformed packet", e);
    }
  }

  static boolean has(byte[] packet, Class<? extends Chunk> type) {
    return chunks(packet).stream().anyMatch(type::isInstance);
  }

  static boolean hasData(byte[] packet) {
    return has(packet, DataChunk.class);
  }
}
