package org.purertc.internal.rtp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.purertc.internal.rtp.rtcp.Nack;

/** A stream to be sent, and what it made. */
final class SendEnd {
  static final long SSRC = 0x11111111L;
  static final long RTX_SSRC = 0x22222222L;
  static final int PAYLOAD_TYPE = 96;
  static final int RTX_PAYLOAD_TYPE = 97;
  static final int CLOCK_RATE = 90_000;
  static final NtpClock CLOCK = new NtpClock(0xe000_1000_0000_0000L, 0);

  /** MID is 1, rid 2, repaired rid 3, abs-send-time 4, transport sequence 5, …. */
  static final ExtensionIds IDS = ids();

  final SendStream stream;
  final List<OutgoingPacket> made = new ArrayList<>();
  private final Chunks chunks = new Chunks();

  private SendEnd(SendParameters parameters, FirstNumbers first) {
    stream = new SendStream(parameters, CLOCK, first);
  }

  private static ExtensionIds ids() {
    Map<String, Integer> ids = new HashMap<>();
    for (ExtensionType type : ExtensionType.values()) {
      ids.put(type.uri(), 1 + ids.size());
    }
    return new ExtensionIds(ids);
  }

  /** Sequence numbers start with the first, timestamps too. */
  static FirstNumbers starting(int number) {
    return new FirstNumbers(number & 0xffff, number & 0xffff, number & 0xffff_ffffL);
  }

  static SendParameters video(ExtensionIds ids) {
    return new SendParameters(
        SSRC,
        RTX_SSRC,
        PacketKind.VIDEO,
        CLOCK_RATE,
        Map.of(PAYLOAD_TYPE, RTX_PAYLOAD_TYPE),
        true,
        ids,
        "0",
        "");
  }

  static SendParameters withoutRtx() {
    return new SendParameters(
        SSRC, -1, PacketKind.VIDEO, CLOCK_RATE, Map.of(), true, ExtensionIds.NONE, "", "");
  }

  static SendEnd of(SendParameters parameters, int firstNumber) {
    return new SendEnd(parameters, starting(firstNumber));
  }

  static FrameHeader frame(long timestamp, long captureNs) {
    return new FrameHeader(PAYLOAD_TYPE, timestamp, captureNs, PacketExtensions.NONE);
  }

  /** Makes a frame and lets its packets leave at once. */
  List<OutgoingPacket> send(int bytes, long timestamp, long nowNs) {
    List<OutgoingPacket> packets = new ArrayList<>();
    stream.packetize(frame(timestamp, nowNs), new byte[bytes], chunks, packets::add, nowNs);
    packets.forEach(packet -> packet.stamp(0, nowNs));
    made.addAll(packets);
    return packets;
  }

  /** What a NACK of the remote makes it send. */
  List<OutgoingPacket> nack(long nowNs, int... sequences) {
    List<OutgoingPacket> packets = new ArrayList<>();
    stream.onNack(new Nack(9, SSRC, sequences), packets::add, nowNs);
    return packets;
  }

  static RtpPacket view(OutgoingPacket packet) throws Exception {
    RtpPacket view = new RtpPacket();
    view.parse(packet.bytes(), 0, packet.length());
    return view;
  }

  static long ms(long ms) {
    return ms * 1_000_000;
  }
}
