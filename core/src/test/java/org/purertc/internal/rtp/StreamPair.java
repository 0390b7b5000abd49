package org.purertc.internal.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.rtcp.Remb;
import org.purertc.internal.rtp.rtcp.RtcpPacket;
import org.purertc.internal.util.MalformedPacketException;

/**
 * A stream from a sender to a receiver over a bad network in virtual time, each end with its RTCP;
 * reproducible from a seed.
 */
final class StreamPair {
  static final String MID = "0";

  private record Datagram(long arrivalNs, long number, boolean toSender, boolean rtcp, byte[] bytes)
      implements Comparable<Datagram> {
    @Override
    public int compareTo(Datagram other) {
      int byTime = Long.compare(arrivalNs, other.arrivalNs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /** What the receiver's listener got. */
  static final class Received implements PacketListener {
    final Map<Long, byte[]> payloads = new HashMap<>();
    final Map<Long, Long> arrivalsNs = new HashMap<>();
    final List<Long> sequences = new ArrayList<>();
    final List<Long> timestamps = new ArrayList<>();
    int duplicates;
    int restarts;

    @Override
    public void onPacket(RtpPacket packet, long sequence, long timestamp, long nowNs) {
      int from = packet.payloadOffset();
      byte[] payload = Arrays.copyOfRange(packet.buffer(), from, from + packet.payloadLength());
      duplicates += payloads.put(sequence, payload) == null ? 0 : 1;
      arrivalsNs.put(sequence, nowNs);
      sequences.add(sequence);
      timestamps.add(timestamp);
    }

    @Override
    public void onRestart() {
      restarts++;
    }
  }

  private final class SenderEnd implements RtcpListener {
    @Override
    public void onRetransmission(OutgoingPacket packet) {
      transmit(packet);
    }

    @Override
    public void onKeyFrameRequest(SendStream stream) {
      keyFrameRequests++;
    }

    @Override
    public void onRemb(Remb remb) {}

    @Override
    public void onOther(RtcpPacket packet, long nowNs) {}

    @Override
    public void onReceiverRoundTrip(long roundTripNs) {
      receiverRoundTripNs = roundTripNs;
    }

    @Override
    public void onRoundTrip(long roundTripNs) {}
  }

  private final class ReceiverEnd implements StreamOpener {
    @Override
    public ReceiveStream open(MediaSection section, String rid, long ssrc) {
      ReceiveStream opened = new ReceiveStream(ssrc, section.parameters(), received);
      stream = opened;
      return opened;
    }

    @Override
    public void onClosed(ReceiveStream closed) {
      stream = null;
    }
  }

  final SendStream sending;
  final RtcpSession senderRtcp;
  final RtcpSession receiverRtcp;
  final RtpRouter router = new RtpRouter(new ReceiverEnd());
  final Received received = new Received();
  final List<byte[]> sentRtp = new ArrayList<>();
  final List<byte[]> sentRtcp = new ArrayList<>();
  int keyFrameRequests;
  long receiverRoundTripNs = -1;
  @Nullable ReceiveStream stream;

  private final Random random;
  private final PriorityQueue<Datagram> onTheWay = new PriorityQueue<>();
  private final Chunks chunks = new Chunks();
  private long nowNs;
  private long number;
  private long delayNs = SendEnd.ms(25);
  private double loss;
  private double reorder;
  private double duplicate;
  private Predicate<byte[]> dropped = bytes -> false;

  StreamPair(SendParameters parameters, int firstNumber, long seed) {
    random = new Random(seed);
    sending = new SendStream(parameters, SendEnd.CLOCK, SendEnd.starting(firstNumber));
    router.update(List.of(section(parameters)), parameters.extensions());
    senderRtcp =
        new RtcpSession(
            new RtcpParameters(1, "a", true, true, true),
            new RtpRouter(new ReceiverEnd()),
            new SenderEnd(),
            SendEnd.CLOCK,
            new SplittableRandom(seed));
    receiverRtcp =
        new RtcpSession(
            new RtcpParameters(2, "b", true, true, true),
            router,
            new SenderEnd(),
            SendEnd.CLOCK,
            new SplittableRandom(seed + 1));
    senderRtcp.add(sending);
    senderRtcp.start(0);
    receiverRtcp.start(0);
  }

  static MediaSection section(SendParameters parameters) {
    Map<Integer, Integer> rtx = new HashMap<>();
    parameters.rtxPayloadTypes().forEach((media, retransmission) -> rtx.put(retransmission, media));
    return new MediaSection(
        MID,
        new ReceiveParameters(
            Map.of(SendEnd.PAYLOAD_TYPE, parameters.clockRate()), rtx, true, true, true),
        Map.of());
  }

  StreamPair delayMs(long ms) {
    delayNs = SendEnd.ms(ms);
    return this;
  }

  StreamPair lossPercent(double percent) {
    loss = percent / 100;
    return this;
  }

  StreamPair reorderPercent(double percent) {
    reorder = percent / 100;
    return this;
  }

  StreamPair duplicatePercent(double percent) {
    duplicate = percent / 100;
    return this;
  }

  /** Loses those RTP packets, besides random loss. */
  StreamPair dropping(Predicate<byte[]> dropped) {
    this.dropped = dropped;
    return this;
  }

  long nowNs() {
    return nowNs;
  }

  /** Sends a frame whose payloads begin with the sequence number of their packet. */
  void sendFrame(int bytes, long timestamp) {
    sending.packetize(
        SendEnd.frame(timestamp, nowNs), new byte[bytes], chunks, this::transmit, nowNs);
  }

  private void transmit(OutgoingPacket packet) {
    packet.stamp(0, nowNs);
    byte[] bytes = packet.bytes().clone();
    if (packet.needsProtectedBytes()) {
      packet.keepProtected(bytes, 0, bytes.length);
    }
    sentRtp.add(bytes);
    if (!dropped.test(bytes)) {
      post(false, false, bytes);
    }
  }

  private void post(boolean toSender, boolean rtcp, byte[] bytes) {
    int copies = random.nextDouble() < duplicate ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (random.nextDouble() >= loss) {
        long extraNs = random.nextDouble() < reorder ? (long) (random.nextDouble() * 10e6) : 0;
        long arrivalNs = nowNs + delayNs + extraNs;
        onTheWay.add(new Datagram(arrivalNs, number++, toSender, rtcp, bytes));
      }
    }
  }

  void runFor(long ms) {
    long endNs = nowNs + SendEnd.ms(ms);
    drain();
    while (true) {
      Datagram next = onTheWay.peek();
      long deadlineNs = Math.min(senderRtcp.nextDeadlineNs(), receiverRtcp.nextDeadlineNs());
      long atNs = Math.min(next == null ? Long.MAX_VALUE : next.arrivalNs, deadlineNs);
      if (atNs > endNs) {
        nowNs = endNs;
        return;
      }
      nowNs = Math.max(nowNs, atNs);
      while (next != null && next.arrivalNs <= nowNs) {
        deliver(onTheWay.remove());
        next = onTheWay.peek();
      }
      drain();
    }
  }

  private void deliver(Datagram datagram) {
    try {
      byte[] bytes = datagram.bytes;
      if (datagram.rtcp) {
        (datagram.toSender ? senderRtcp : receiverRtcp).receive(bytes, 0, bytes.length, nowNs);
      } else {
        RtpPacket packet = new RtpPacket();
        packet.parse(bytes, 0, bytes.length);
        router.receive(packet, nowNs);
      }
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private void drain() {
    drain(senderRtcp, false);
    drain(receiverRtcp, true);
  }

  private void drain(RtcpSession session, boolean toSender) {
    byte[] buffer = new byte[1_200];
    int length = session.produce(buffer, 0, buffer.length, nowNs);
    while (length > 0) {
      byte[] bytes = Arrays.copyOf(buffer, length);
      sentRtcp.add(bytes);
      post(toSender, true, bytes);
      length = session.produce(buffer, 0, buffer.length, nowNs);
    }
  }

  ReceiveStream stream() {
    ReceiveStream opened = stream;
    if (opened == null) {
      throw new AssertionError("no stream was opened");
    }
    return opened;
  }
}
