package org.purertc.internal.rtp;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.format.Packetizer;
import org.purertc.internal.rtp.rtcp.FullIntraRequest;
import org.purertc.internal.rtp.rtcp.Nack;
import org.purertc.internal.rtp.rtcp.ReportBlock;
import org.purertc.internal.rtp.rtcp.SenderReport;
import org.purertc.internal.util.SerialNumber;

/**
 * An RTP stream that is sent, with its retransmissions: makes packets of frames, answers requests
 * for lost ones, and knows what the remote's reports say.
 */
public final class SendStream {
  /** RTP header included; leaves room for SRTP, UDP and IPv6 within 1,280 bytes. */
  public static final int MAX_PACKET_BYTES = 1_200;

  private static final int MAX_PADDING_BYTES = 255;

  /** Longer than a receiver asks for a packet. */
  private static final long HISTORY_AGE_NS = 3_000_000_000L;

  /** Until the first report tells the round trip: requests may come this close. */
  private static final long INITIAL_ROUND_TRIP_NS = 50_000_000L;

  /** RFC 3550 section 6.4: for so many reports after its last packet a stream is a sender's. */
  private static final int REPORTS_AFTER_LAST_PACKET = 2;

  private final NtpClock clock;
  private final PacketWriter writer = new PacketWriter();
  private final SendCounters counters = new SendCounters();
  private final RemoteReception reception;
  private final PacketHistory history = new PacketHistory(HISTORY_AGE_NS);
  private final int firstSequence;
  private final long timestampOffset;

  private SendParameters parameters;
  private long nextSequence;
  private long nextRtxSequence;

  /** RFC 9143 section 15.2: packets carry mid and rid until the remote is heard to have them. */
  private boolean isKnown;

  private boolean isRtxKnown;

  /** Of the packet made last; null before. */
  private @Nullable RtpHeader newest;

  private long newestCaptureNs;
  private int reportsSinceLastPacket = REPORTS_AFTER_LAST_PACKET;
  private int lastFullIntraRequest = -1;

  /**
   * @param clock the wall clock, for sender reports
   * @param random for the start of sequence numbers and timestamps
   */
  public SendStream(SendParameters parameters, NtpClock clock, RandomGenerator random) {
    this(parameters, clock, FirstNumbers.random(random));
  }

  SendStream(SendParameters parameters, NtpClock clock, FirstNumbers first) {
    this.parameters = parameters;
    this.clock = clock;
    this.reception = new RemoteReception(clock);
    this.firstSequence = first.sequence();
    this.nextSequence = firstSequence;
    this.nextRtxSequence = first.rtxSequence();
    this.timestampOffset = first.timestamp();
  }

  public SendParameters parameters() {
    return parameters;
  }

  /** Takes what a new negotiation says of this stream; its SSRC stays. */
  public void update(SendParameters parameters) {
    if (parameters.ssrc() != this.parameters.ssrc()) {
      throw new IllegalArgumentException("a stream keeps its SSRC");
    }
    this.parameters = parameters;
  }

  /**
   * It pauses: the remote may have forgotten it when it goes on, so packets say their mid again.
   */
  public void pause() {
    isKnown = false;
    isRtxKnown = false;
  }

  /**
   * Makes the packets of a frame.
   *
   * @param out takes each packet, for the pacer
   */
  public void packetize(
      FrameHeader frame,
      byte[] encoded,
      Packetizer packetizer,
      Consumer<OutgoingPacket> out,
      long nowNs) {
    begin(frame);
    int rtxBytes = parameters.hasRtx() ? PacketWriter.RTX_HEADER_BYTES : 0;
    int maxBytes = MAX_PACKET_BYTES - writer.headerBytes() - rtxBytes;
    byte[] payload = new byte[maxBytes];
    packetizer.begin(encoded, maxBytes);
    int length = packetizer.next(payload, 0);
    while (length > 0) {
      // RFC 3551 section 4.1: in audio it marks the start of a talkspurt, in video a frame's end.
      boolean isAudio = parameters.kind() == PacketKind.AUDIO;
      boolean marker = isAudio ? newest == null : packetizer.isLast();
      out.accept(media(header(frame, marker), payload, length, nowNs));
      length = packetizer.next(payload, 0);
    }
    counters.frames++;
  }

  /** Makes a packet of one payload, as it stands: a telephone event, or what is forwarded. */
  public OutgoingPacket packet(FrameHeader frame, boolean marker, byte[] payload, long nowNs) {
    begin(frame);
    return media(header(frame, marker), payload, payload.length, nowNs);
  }

  private void begin(FrameHeader frame) {
    writer.begin(parameters, frame.extensions(), !isKnown, false);
    newestCaptureNs = frame.captureNs();
  }

  private RtpHeader header(FrameHeader frame, boolean marker) {
    RtpHeader header =
        new RtpHeader(
            parameters.kind(),
            frame.payloadType(),
            marker,
            parameters.ssrc(),
            nextSequence++,
            frame.timestamp() + timestampOffset,
            frame.extensions());
    newest = header;
    return header;
  }

  private OutgoingPacket media(RtpHeader header, byte[] payload, int length, long nowNs) {
    byte[] bytes = writer.media(header, payload, length);
    return OutgoingPacket.of(this, header, bytes, length, nowNs);
  }

  /**
   * A packet without media, to probe the path.
   *
   * @param bytes of padding; 255 at most are in a packet
   * @return null when the stream has no retransmission stream or has sent nothing yet
   */
  public @Nullable OutgoingPacket padding(int bytes, long nowNs) {
    RtpHeader media = newest;
    Integer payloadType = media == null ? null : rtxPayloadType(media);
    if (media == null || payloadType == null) {
      return null;
    }
    int length = Math.max(1, Math.min(bytes, MAX_PADDING_BYTES));
    RtpHeader header = rtxHeader(PacketKind.PADDING, payloadType, media, false);
    writer.begin(parameters, PacketExtensions.NONE, !isRtxKnown, true);
    return OutgoingPacket.of(this, header, writer.padding(header, length), 0, nowNs);
  }

  private @Nullable Integer rtxPayloadType(RtpHeader media) {
    return parameters.hasRtx() ? parameters.rtxPayloadTypes().get(media.payloadType()) : null;
  }

  private RtpHeader rtxHeader(PacketKind kind, int payloadType, RtpHeader media, boolean marker) {
    return new RtpHeader(
        kind,
        payloadType,
        marker,
        parameters.rtxSsrc(),
        nextRtxSequence++,
        media.timestamp(),
        media.said());
  }

  /**
   * Answers a request for lost packets.
   *
   * @param out takes each retransmission, for the pacer
   */
  void onNack(Nack nack, Consumer<OutgoingPacket> out, long nowNs) {
    counters.nacks++;
    if (!parameters.retransmits()) {
      return;
    }
    long roundTripNs =
        reception.roundTripNs() < 0 ? INITIAL_ROUND_TRIP_NS : reception.roundTripNs();
    for (int sequence : nack.sequences()) {
      OutgoingPacket lost = history.find(SerialNumber.unwrap16(sequence, history.next() - 1));
      OutgoingPacket again = lost == null ? null : retransmit(lost, roundTripNs, nowNs);
      if (again != null) {
        out.accept(again);
      }
    }
  }

  private @Nullable OutgoingPacket retransmit(OutgoingPacket lost, long roundTripNs, long nowNs) {
    RtpHeader media = lost.header();
    Integer payloadType = rtxPayloadType(media);
    boolean canBeSent = payloadType != null || lost.hasProtectedBytes();
    if (!canBeSent || !lost.acceptRequest(roundTripNs, nowNs)) {
      return null;
    }
    if (payloadType == null) {
      return lost.repetition(nowNs);
    }
    RtpHeader header = rtxHeader(PacketKind.RETRANSMISSION, payloadType, media, media.marker());
    writer.begin(parameters, media.said(), !isRtxKnown, true);
    byte[] bytes = writer.retransmission(header, lost);
    return lost.retransmission(header, bytes, bytes.length - writer.headerBytes(), nowNs);
  }

  boolean hasTransportSequence() {
    return parameters.extensions().has(ExtensionType.TRANSPORT_SEQUENCE);
  }

  /** Whether lost packets are sent once more as they were. */
  boolean repeatsPackets() {
    return parameters.retransmits() && !parameters.hasRtx();
  }

  /** {@link OutgoingPacket#stamp}. */
  void onLeaving(OutgoingPacket packet, int transportSequence, long nowNs) {
    boolean isMedia = packet.ssrc() == parameters.ssrc();
    counters.onLeaving(packet, isMedia, nowNs);
    reportsSinceLastPacket = 0;
    if (packet.isProtected()) {
      return;
    }
    ExtensionIds ids = parameters.extensions();
    int time = NtpClock.absoluteSendTime(clock.at(nowNs));
    PacketWriter.set(packet.bytes(), ids.id(ExtensionType.ABSOLUTE_SEND_TIME), 3, time);
    PacketWriter.set(
        packet.bytes(), ids.id(ExtensionType.TRANSPORT_SEQUENCE), 2, transportSequence);
    if (isMedia && parameters.retransmits()) {
      history.add(packet, nowNs);
    }
  }

  /**
   * What a report of the remote says of this stream, or of its retransmissions.
   *
   * @return whether it told the round trip
   */
  boolean onReport(ReportBlock block, long nowNs) {
    if (block.ssrc() == parameters.rtxSsrc()) {
      isRtxKnown = true;
      return false;
    }
    if (block.ssrc() != parameters.ssrc()) {
      return false;
    }
    isKnown = true;
    return reception.onReport(block, firstSequence, nowNs);
  }

  void onPictureLoss() {
    counters.pictureLossIndications++;
  }

  /** Whether it is new, not repeated. */
  boolean onFullIntraRequest(FullIntraRequest.Entry request) {
    // RFC 5104 section 4.3.1.2: a request with the number of the one before is its repetition.
    if (request.sequence() == lastFullIntraRequest) {
      return false;
    }
    lastFullIntraRequest = request.sequence();
    counters.fullIntraRequests++;
    return true;
  }

  /** RFC 3550 section 6.4: whether the next report is one of a sender. */
  boolean isSending() {
    return reportsSinceLastPacket < REPORTS_AFTER_LAST_PACKET && newest != null;
  }

  /** The report that is due; {@link #isSending} must hold. */
  SenderReport report(List<ReportBlock> blocks, long nowNs) {
    RtpHeader last = newest;
    if (last == null) {
      throw new IllegalStateException("nothing was sent");
    }
    history.expire(nowNs);
    reportsSinceLastPacket++;
    counters.senderReports++;
    // RFC 3550 section 6.4.1: the same instant as the NTP timestamp, in units of the stream.
    long sinceNs = nowNs - newestCaptureNs;
    long timestamp = last.timestamp() + sinceNs / 1_000 * parameters.clockRate() / 1_000_000;
    return new SenderReport(
        parameters.ssrc(),
        clock.at(nowNs),
        SerialNumber.wrap32(timestamp),
        SerialNumber.wrap32(counters.mediaPackets()),
        SerialNumber.wrap32(counters.mediaOctets()),
        blocks);
  }

  /** -1 before the first measurement. */
  public long roundTripNs() {
    return reception.roundTripNs();
  }

  public SendStatistics statistics() {
    return counters.snapshot();
  }

  public RemoteReceptionStatistics remoteStatistics() {
    return reception.snapshot(parameters.clockRate());
  }
}
