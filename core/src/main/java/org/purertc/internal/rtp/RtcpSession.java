package org.purertc.internal.rtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.rtcp.Bye;
import org.purertc.internal.rtp.rtcp.ExtendedReports;
import org.purertc.internal.rtp.rtcp.FullIntraRequest;
import org.purertc.internal.rtp.rtcp.Nack;
import org.purertc.internal.rtp.rtcp.PictureLossIndication;
import org.purertc.internal.rtp.rtcp.ReceiverReport;
import org.purertc.internal.rtp.rtcp.Remb;
import org.purertc.internal.rtp.rtcp.ReportBlock;
import org.purertc.internal.rtp.rtcp.RtcpPacket;
import org.purertc.internal.rtp.rtcp.RtcpReader;
import org.purertc.internal.rtp.rtcp.RtcpWriter;
import org.purertc.internal.rtp.rtcp.SenderReport;
import org.purertc.internal.rtp.rtcp.SourceDescription;
import org.purertc.internal.util.MalformedPacketException;

/**
 * The RTCP of one transport: reports and feedback of all its streams, in both directions. Feedback
 * leaves at once, as browsers do it; RFC 4585's early timer is for larger groups.
 */
public final class RtcpSession {
  /** What a datagram of RTCP has at least room for: any report with its CNAME. */
  public static final int MIN_DATAGRAM_BYTES = 1_100;

  /** Feedback that waits to be sent; the oldest gives way. */
  static final int MAX_WAITING = 256;

  private final RtpRouter router;
  private final RtcpListener listener;
  private final RtcpSchedule schedule;
  private final ReportComposer reports;
  private final RoundTripReports roundTrips;
  private final List<SendStream> sending = new ArrayList<>();
  private final Deque<RtcpPacket> feedback = new ArrayDeque<>();
  private RtcpParameters parameters;

  /**
   * @param router has the streams that are received
   * @param clock the wall clock
   * @param random for the times of reports
   */
  public RtcpSession(
      RtcpParameters parameters,
      RtpRouter router,
      RtcpListener listener,
      NtpClock clock,
      RandomGenerator random) {
    this.parameters = parameters;
    this.router = router;
    this.listener = listener;
    this.schedule = new RtcpSchedule(random);
    this.reports = new ReportComposer(parameters.cname());
    this.roundTrips = new RoundTripReports(clock);
  }

  /** Packets can be sent from now on. */
  public void start(long nowNs) {
    schedule.start(intervalNs(), nowNs);
  }

  /** Takes what a new negotiation says; the CNAME stays. */
  public void update(RtcpParameters parameters) {
    this.parameters = parameters;
  }

  private long intervalNs() {
    return parameters.hasVideo() ? RtcpSchedule.VIDEO_INTERVAL_NS : RtcpSchedule.AUDIO_INTERVAL_NS;
  }

  public void add(SendStream stream) {
    sending.add(stream);
  }

  /** A stream has ended: says BYE for it, RFC 3550 section 6.6. */
  public void remove(SendStream stream) {
    if (sending.remove(stream)) {
      SendParameters ended = stream.parameters();
      long[] ssrcs =
          ended.rtxSsrc() < 0
              ? new long[] {ended.ssrc()}
              : new long[] {ended.ssrc(), ended.rtxSsrc()};
      send(new Bye(ssrcs, ""));
    }
  }

  /** Has a packet sent with the next datagram, which is due at once. */
  public void send(RtcpPacket packet) {
    if (feedback.size() == MAX_WAITING) {
      feedback.remove();
    }
    feedback.add(packet);
  }

  /** Who reports and asks: the first stream that is sent, RFC 3550 section 6.4. */
  public long localSsrc() {
    return sending.isEmpty() ? parameters.localSsrc() : sending.get(0).parameters().ssrc();
  }

  /**
   * Takes a datagram of RTCP in the clear.
   *
   * @throws MalformedPacketException for what could not be read; the packets before it have counted
   */
  public void receive(byte[] buffer, int offset, int length, long nowNs)
      throws MalformedPacketException {
    RtcpReader reader = new RtcpReader(buffer, offset, length);
    while (reader.hasNext()) {
      dispatch(reader.next(), nowNs);
    }
  }

  private void dispatch(RtcpPacket packet, long nowNs) {
    if (packet instanceof SenderReport report) {
      ReceiveStream stream = router.streamOf(report.ssrc());
      if (stream != null) {
        stream.onSenderReport(report, nowNs);
      }
      onBlocks(report.blocks(), nowNs);
    } else if (packet instanceof ReceiverReport report) {
      onBlocks(report.blocks(), nowNs);
    } else if (packet instanceof SourceDescription description) {
      description.chunks().forEach(router::onSourceDescription);
    } else if (packet instanceof ExtendedReports extended) {
      onExtendedReports(extended, nowNs);
    } else if (packet instanceof Bye bye) {
      for (long ssrc : bye.ssrcs()) {
        router.onBye(ssrc);
      }
    } else {
      dispatchFeedback(packet, nowNs);
    }
  }

  private void dispatchFeedback(RtcpPacket packet, long nowNs) {
    if (packet instanceof Nack nack) {
      SendStream stream = sending(nack.mediaSsrc());
      if (stream != null) {
        stream.onNack(nack, listener::onRetransmission, nowNs);
      }
    } else if (packet instanceof PictureLossIndication indication) {
      SendStream stream = sending(indication.mediaSsrc());
      if (stream != null) {
        stream.onPictureLoss();
        listener.onKeyFrameRequest(stream);
      }
    } else if (packet instanceof FullIntraRequest request) {
      request.entries().forEach(this::onFullIntraRequest);
    } else if (packet instanceof Remb remb) {
      listener.onRemb(remb);
    } else {
      listener.onOther(packet, nowNs);
    }
  }

  private void onFullIntraRequest(FullIntraRequest.Entry request) {
    SendStream stream = sending(request.ssrc());
    if (stream != null && stream.onFullIntraRequest(request)) {
      listener.onKeyFrameRequest(stream);
    }
  }

  private void onBlocks(List<ReportBlock> blocks, long nowNs) {
    for (ReportBlock block : blocks) {
      for (SendStream stream : sending) {
        if (stream.onReport(block, nowNs)) {
          setRoundTrip(stream.roundTripNs());
          listener.onRoundTrip(stream.roundTripNs());
        }
      }
    }
  }

  private void onExtendedReports(ExtendedReports extended, long nowNs) {
    if (!parameters.roundTripReports()) {
      return;
    }
    if (extended.referenceTime() != 0) {
      roundTrips.onReferenceTime(extended, nowNs);
    }
    long roundTripNs = roundTrips.roundTripNs(extended, nowNs);
    if (roundTripNs >= 0) {
      setRoundTrip(roundTripNs);
      ReceiveStream stream = router.streamOf(extended.ssrc());
      if (stream != null) {
        stream.senderClock().onRoundTrip(roundTripNs);
      }
      listener.onReceiverRoundTrip(roundTripNs);
    }
  }

  private @Nullable SendStream sending(long ssrc) {
    for (SendStream stream : sending) {
      if (stream.parameters().ssrc() == ssrc) {
        return stream;
      }
    }
    return null;
  }

  /** When {@link #produce} is to be called; in the past when something waits already. */
  public long nextDeadlineNs() {
    if (!feedback.isEmpty() || !reports.isEmpty()) {
      return Long.MIN_VALUE;
    }
    long deadlineNs = schedule.nextDeadlineNs();
    for (ReceiveStream stream : router.streams()) {
      deadlineNs = Math.min(deadlineNs, stream.nextDeadlineNs());
    }
    return deadlineNs;
  }

  /**
   * Writes the next datagram of RTCP that is due.
   *
   * @param maxBytes at least {@link #MIN_DATAGRAM_BYTES}
   * @return its length, a multiple of 4; 0 when nothing is due
   */
  public int produce(byte[] buffer, int offset, int maxBytes, long nowNs) {
    if (maxBytes < MIN_DATAGRAM_BYTES) {
      throw new IllegalArgumentException(maxBytes + " bytes are too few");
    }
    collect(nowNs);
    if (!feedback.isEmpty() && !parameters.reducedSize()) {
      reports.composeMinimal(localSsrc());
    }
    RtcpWriter out = new RtcpWriter(buffer, offset, maxBytes);
    reports.writeTo(out);
    RtcpPacket next = feedback.peek();
    while (next != null && out.add(next)) {
      feedback.remove();
      next = feedback.peek();
    }
    if (next != null && out.length() == 0) {
      feedback.remove(); // larger than any datagram
    }
    return out.length();
  }

  private void collect(long nowNs) {
    List<ReceiveStream> receiving = router.streams();
    for (ReceiveStream stream : receiving) {
      if (stream.nextDeadlineNs() <= nowNs) {
        stream.takeFeedback(localSsrc(), nowNs).forEach(this::send);
      }
    }
    boolean isIdle = sending.isEmpty() && receiving.isEmpty();
    if (schedule.takeDue(intervalNs(), nowNs) && !isIdle) {
      // A stream is a sender's for some reports after its last packet: ask that before they count.
      List<RtcpPacket> extended =
          parameters.roundTripReports()
              ? roundTrips.compose(sending, localSsrc(), nowNs)
              : List.of();
      reports.compose(sending, receiving, localSsrc(), nowNs);
      extended.forEach(this::send);
    }
  }

  /** How long an answer takes; to be called where only ICE can measure it. */
  public void setRoundTrip(long roundTripNs) {
    router.streams().forEach(stream -> stream.setRoundTrip(roundTripNs));
  }

  /** No more is sent; the last words are BYE. */
  public void stop() {
    schedule.stop();
    List.copyOf(sending).forEach(this::remove);
  }
}
