package org.purertc.internal.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.rtcp.FullIntraRequest;
import org.purertc.internal.rtp.rtcp.Nack;
import org.purertc.internal.rtp.rtcp.PictureLossIndication;
import org.purertc.internal.rtp.rtcp.ReportBlock;
import org.purertc.internal.rtp.rtcp.RtcpPacket;
import org.purertc.internal.rtp.rtcp.SenderReport;
import org.purertc.internal.util.MalformedPacketException;
import org.purertc.internal.util.SerialNumber;
import org.purertc.internal.util.Timer;

/**
 * An RTP stream that is received, with its retransmissions: gives each packet once to its listener
 * and says what is to be asked for and reported.
 */
public final class ReceiveStream {
  /** So that a NACK fits into any datagram, whatever the gaps. */
  private static final int MAX_SEQUENCES_PER_NACK = 200;

  private static final long TIMESTAMP_CYCLE = 1L << 32;

  private final long ssrc;
  private final PacketListener listener;
  private final SequenceTracker sequences = new SequenceTracker();
  private final ReceptionStatistics reception = new ReceptionStatistics(sequences);
  private final SequenceTracker rtxSequences = new SequenceTracker();
  private final ReceptionStatistics rtxReception = new ReceptionStatistics(rtxSequences);
  private final ReceiveCounters counters = new ReceiveCounters();
  private final SenderClock senderClock = new SenderClock();
  private final CaptureClock captureClock = new CaptureClock(senderClock);
  private final NackGenerator nacks = new NackGenerator();
  private final KeyFrameRequests keyFrames = new KeyFrameRequests();

  private ReceiveParameters parameters;
  private long rtxSsrc = -1;
  private long roundTripNs;
  private long timestamp;
  private boolean hasTimestamp;
  private int fullIntraSequence;

  public ReceiveStream(long ssrc, ReceiveParameters parameters, PacketListener listener) {
    this.ssrc = ssrc;
    this.parameters = parameters;
    this.listener = listener;
  }

  public long ssrc() {
    return ssrc;
  }

  /** Of its retransmissions; -1 before it is known. */
  public long rtxSsrc() {
    return rtxSsrc;
  }

  void setRtxSsrc(long rtxSsrc) {
    this.rtxSsrc = rtxSsrc;
  }

  /** Takes what a new negotiation says. */
  public void update(ReceiveParameters parameters) {
    this.parameters = parameters;
  }

  /** A packet of this SSRC. */
  public void receive(RtpPacket packet, long nowNs) {
    Integer clockRate = parameters.clockRates().get(packet.payloadType());
    if (clockRate == null) {
      counters.discardedPackets++;
      return;
    }
    long lostSoFar = reception.lost();
    SequenceTracker.Arrival arrival = sequences.offer(packet.sequence());
    switch (arrival) {
      case FAR -> {
        counters.discardedPackets++;
        return;
      }
      case RESTART -> restart(lostSoFar);
      case DUPLICATE -> counters.duplicatePackets++;
      case IN_ORDER, LATE -> {}
    }
    counters.onPacket(packet, nowNs);
    reception.onPacket();
    if (arrival != SequenceTracker.Arrival.DUPLICATE) {
      accept(packet, arrival, clockRate, nowNs);
    }
  }

  private void accept(
      RtpPacket packet, SequenceTracker.Arrival arrival, int clockRate, long nowNs) {
    if (arrival != SequenceTracker.Arrival.LATE) {
      reception.onArrival(unwrap(packet.timestamp()), clockRate, nowNs);
    }
    requestGap(nowNs);
    deliver(packet, nowNs);
  }

  private void restart(long lostSoFar) {
    reception.onRestart(lostSoFar);
    senderClock.reset();
    captureClock.restart();
    nacks.restart();
    hasTimestamp = false;
    listener.onRestart();
  }

  /** The nearest to the newest one; goes up over a restart. */
  private long unwrap(long wrapped) {
    if (!hasTimestamp) {
      hasTimestamp = true;
      timestamp = (timestamp & -TIMESTAMP_CYCLE) + TIMESTAMP_CYCLE + wrapped;
      return timestamp;
    }
    long unwrapped = SerialNumber.unwrap32(wrapped, timestamp);
    timestamp = Math.max(timestamp, unwrapped);
    return unwrapped;
  }

  /** A packet of this stream's retransmission stream, RFC 4588. */
  public void receiveRetransmission(RtpPacket packet, long nowNs) throws MalformedPacketException {
    Integer mediaPayloadType = parameters.rtxPayloadTypes().get(packet.payloadType());
    if (mediaPayloadType == null || !parameters.clockRates().containsKey(mediaPayloadType)) {
      counters.discardedPackets++;
      return;
    }
    long lostSoFar = rtxReception.lost();
    switch (rtxSequences.offer(packet.sequence())) {
      case FAR -> {
        counters.discardedPackets++;
        return;
      }
      case RESTART -> rtxReception.onRestart(lostSoFar);
      case IN_ORDER, LATE, DUPLICATE -> {}
    }
    rtxReception.onPacket();
    counters.onPacket(packet, nowNs);
    if (packet.payloadLength() > 0) {
      counters.onRetransmission(packet.payloadLength());
      packet.restoreOriginal(mediaPayloadType, ssrc);
      recover(packet, nowNs);
    }
  }

  private void recover(RtpPacket packet, long nowNs) {
    switch (sequences.offerRecovered(packet.sequence())) {
      case IN_ORDER -> {
        requestGap(nowNs);
        deliver(packet, nowNs);
      }
      case LATE -> {
        nacks.onRecovered(sequences.unwrapped());
        deliver(packet, nowNs);
      }
      case DUPLICATE -> counters.duplicatePackets++;
      default -> counters.discardedPackets++;
    }
  }

  private void requestGap(long nowNs) {
    if (asksForLost()) {
      nacks.onPacket(sequences.unwrapped(), nowNs);
      if (nacks.takeOverflow()) {
        keyFrames.request();
      }
    }
  }

  private void deliver(RtpPacket packet, long nowNs) {
    listener.onPacket(packet, sequences.unwrapped(), unwrap(packet.timestamp()), nowNs);
  }

  /** Whether a retransmission of this packet was asked for, RFC 4588 section 5.3. */
  boolean isWaitingFor(int originalSequence) {
    return sequences.isStarted()
        && nacks.isMissing(SerialNumber.unwrap16(originalSequence, sequences.highest()));
  }

  void onSenderReport(SenderReport report, long nowNs) {
    senderClock.onReport(report, nowNs);
  }

  /** What the remote's timestamps mean. */
  public SenderClock senderClock() {
    return senderClock;
  }

  /** When what it carries was captured. */
  public CaptureClock captureClock() {
    return captureClock;
  }

  /** To and from the remote, as far as it was measured on any stream. */
  public void setRoundTrip(long roundTripNs) {
    this.roundTripNs = roundTripNs;
    nacks.setRoundTrip(roundTripNs);
    keyFrames.setRoundTrip(roundTripNs);
  }

  /** 0 before it was measured. */
  public long roundTripNs() {
    return roundTripNs;
  }

  /** Whether the remote is asked for lost packets. */
  public boolean asksForLost() {
    return parameters.nacks();
  }

  /** Packets up to this one, unwrapped, are played or given up: nobody need send them again. */
  public void discardUpTo(long sequence) {
    nacks.discardUpTo(sequence);
  }

  /** Only a key frame helps: asks for it until {@link #onKeyFrame}. */
  public void requestKeyFrame() {
    keyFrames.request();
  }

  /** A key frame has come. */
  public void onKeyFrame() {
    keyFrames.satisfy();
  }

  public long nextDeadlineNs() {
    return Math.min(nacks.nextDeadlineNs(), keyFrameDeadlineNs());
  }

  private long keyFrameDeadlineNs() {
    return canRequestKeyFrames() ? keyFrames.nextDeadlineNs() : Timer.NEVER;
  }

  private boolean canRequestKeyFrames() {
    return parameters.pictureLossIndications() || parameters.fullIntraRequests();
  }

  /**
   * What the remote is to be told at once.
   *
   * @param localSsrc of who asks
   */
  List<RtcpPacket> takeFeedback(long localSsrc, long nowNs) {
    List<RtcpPacket> feedback = new ArrayList<>(2);
    if (nacks.nextDeadlineNs() <= nowNs) {
      int[] due = nacks.takeDue(nowNs);
      for (int from = 0; from < due.length; from += MAX_SEQUENCES_PER_NACK) {
        int end = Math.min(due.length, from + MAX_SEQUENCES_PER_NACK);
        counters.nacks++;
        feedback.add(new Nack(localSsrc, ssrc, Arrays.copyOfRange(due, from, end)));
      }
    }
    if (canRequestKeyFrames() && keyFrames.takeDue(nowNs)) {
      feedback.add(keyFrameRequest(localSsrc));
    }
    return feedback;
  }

  private RtcpPacket keyFrameRequest(long localSsrc) {
    if (parameters.pictureLossIndications()) {
      counters.pictureLossIndications++;
      return new PictureLossIndication(localSsrc, ssrc);
    }
    counters.fullIntraRequests++;
    int sequence = fullIntraSequence++ & 0xff;
    return new FullIntraRequest(localSsrc, List.of(new FullIntraRequest.Entry(ssrc, sequence)));
  }

  /** The report on the media, if there is something new to say. */
  @Nullable ReportBlock report(long nowNs) {
    return reception.isHeardSinceReport()
        ? reception.report(ssrc, senderClock.lastReport(), senderClock.delaySinceLastReport(nowNs))
        : null;
  }

  /** The report on the retransmissions, if there is something new to say. */
  @Nullable ReportBlock rtxReport() {
    return rtxSsrc >= 0 && rtxReception.isHeardSinceReport()
        ? rtxReception.report(rtxSsrc, 0, 0)
        : null;
  }

  public ReceiveStatistics statistics() {
    return counters.snapshot(reception.lost(), reception.jitterSeconds());
  }

  public RemoteSendStatistics remoteStatistics() {
    return senderClock.statistics();
  }
}
