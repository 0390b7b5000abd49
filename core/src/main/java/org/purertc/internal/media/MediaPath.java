package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.HeaderExtension;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.jsep.NegotiatedMedia;
import org.purertc.internal.rtp.ExtensionIds;
import org.purertc.internal.rtp.HeaderExtensions;
import org.purertc.internal.rtp.MediaSection;
import org.purertc.internal.rtp.NtpClock;
import org.purertc.internal.rtp.OutgoingPacket;
import org.purertc.internal.rtp.ReceiveStream;
import org.purertc.internal.rtp.RtcpListener;
import org.purertc.internal.rtp.RtcpParameters;
import org.purertc.internal.rtp.RtcpSession;
import org.purertc.internal.rtp.RtpPacket;
import org.purertc.internal.rtp.RtpRouter;
import org.purertc.internal.rtp.SendStream;
import org.purertc.internal.rtp.StreamOpener;
import org.purertc.internal.rtp.cc.ArrivalRecorder;
import org.purertc.internal.rtp.rtcp.Remb;
import org.purertc.internal.rtp.rtcp.RtcpPacket;
import org.purertc.internal.rtp.rtcp.TransportFeedback;
import org.purertc.internal.util.MalformedPacketException;

/** All RTP and RTCP of one transport: who gets what comes, and when what is queued leaves. */
final class MediaPath {
  private static final int MAX_RTCP_BYTES = 1_200;

  private final MediaTransport transport;
  private final PacedSending sending;
  private final RtpRouter router;
  private final RtcpSession rtcp;
  private final ArrivalRecorder arrivals;
  private final RtpPacket packet = new RtpPacket();
  private final byte[] buffer = new byte[MAX_RTCP_BYTES + MediaTransport.MAX_OVERHEAD_BYTES];
  private final List<MediaTransceiver> transceivers = new ArrayList<>();
  private final String cname;
  private final long localSsrc;
  private ExtensionIds extensions = ExtensionIds.NONE;
  private boolean connected;
  private long malformedPackets;

  /** As RTCP measured it last; -1 before. */
  private long roundTripNs = -1;

  private long nowNs;

  MediaPath(MediaTransport transport, String cname, NtpClock clock, RandomGenerator random) {
    this.transport = transport;
    this.cname = cname;
    localSsrc = 1 + Integer.toUnsignedLong(random.nextInt()) % 0xffff_fffeL;
    sending = new PacedSending(transport);
    router = new RtpRouter(new Opener());
    rtcp = new RtcpSession(parameters(true, true, false), router, new Feedback(), clock, random);
    arrivals = new ArrivalRecorder(localSsrc);
  }

  private RtcpParameters parameters(
      boolean reducedSize, boolean hasVideo, boolean roundTripReports) {
    return new RtcpParameters(localSsrc, cname, reducedSize, hasVideo, roundTripReports);
  }

  /** What one of its senders may take at most has changed: the others take the rest. */
  void encodingChanged(long now) {
    sending.update(now);
  }

  /** What was negotiated for the sections of this transport. */
  void update(List<MediaTransceiver> sections, long now) {
    nowNs = now;
    transceivers.clear();
    transceivers.addAll(sections);
    List<MediaSection> receiving = new ArrayList<>();
    Map<String, Integer> ids = new HashMap<>();
    boolean reducedSize = true;
    boolean hasVideo = false;
    boolean roundTripReports = false;
    for (MediaTransceiver transceiver : sections) {
      ReceivingMedia media = transceiver.receiving();
      if (media != null) {
        receiving.add(media.section());
        for (HeaderExtension extension : media.media().receiveExtensions()) {
          ids.put(extension.uri(), extension.id());
        }
        reducedSize &= media.media().reducedSizeRtcp();
      }
      hasVideo |= transceiver.description().kind() == MediaKind.VIDEO;
      NegotiatedMedia negotiated = transceiver.description().negotiated();
      roundTripReports |= negotiated != null && negotiated.roundTripReports();
    }
    extensions = new ExtensionIds(ids);
    router.update(receiving, extensions);
    rtcp.update(parameters(reducedSize, hasVideo, roundTripReports));
    sending.update(now);
    startWhenReady();
  }

  /** Whether packets can be sent. */
  boolean isReady() {
    return transport.isReady();
  }

  void onConnected(long now) {
    nowNs = now;
    if (connected) { // by another association, perhaps with another remote
      senders().forEach(SendingMedia::requestKeyFrame);
    }
    startWhenReady();
  }

  private void startWhenReady() {
    if (!connected && transport.isReady()) {
      connected = true;
      rtcp.start(nowNs);
      senders().forEach(SendingMedia::restart);
    }
  }

  private List<SendingMedia> senders() {
    List<SendingMedia> senders = new ArrayList<>();
    for (MediaTransceiver transceiver : transceivers) {
      SendingMedia media = transceiver.sending();
      if (media != null) {
        senders.add(media);
      }
    }
    return senders;
  }

  void add(SendingMedia media) {
    rtcp.add(media.stream());
    sending.add(media);
  }

  void remove(SendingMedia media) {
    rtcp.remove(media.stream());
    media.stream().pause();
    sending.remove(media);
  }

  /** What an encoder may send has changed. */
  void limitsChanged() {
    sending.update(nowNs);
  }

  void enqueue(OutgoingPacket outgoing) {
    sending.enqueue(outgoing);
  }

  void receiveRtp(byte[] datagram, int offset, int length, long now) {
    nowNs = now;
    try {
      packet.parse(datagram, offset, length);
      int sequence = HeaderExtensions.transportSequence(packet, extensions);
      if (sequence != HeaderExtensions.ABSENT) {
        arrivals.onPacket(packet.ssrc(), sequence, now);
      }
      router.receive(packet, now);
    } catch (MalformedPacketException e) {
      malformedPackets++;
    }
  }

  void receiveRtcp(byte[] datagram, int offset, int length, long now) {
    nowNs = now;
    try {
      rtcp.receive(datagram, offset, length, now);
    } catch (MalformedPacketException e) {
      malformedPackets++;
    }
  }

  /** Sends what is due. */
  void produce(long now) {
    nowNs = now;
    if (!transport.isReady()) {
      return;
    }
    arrivals.onSendBandwidth(sending.targetBitsPerSecond());
    for (TransportFeedback each = arrivals.poll(); each != null; each = arrivals.poll()) {
      rtcp.send(each);
    }
    while (transport.isWritable() && rtcp.nextDeadlineNs() <= now) {
      int length = rtcp.produce(buffer, 0, MAX_RTCP_BYTES, now);
      if (length == 0) {
        break;
      }
      transport.sendRtcp(buffer, length);
      takeRoundTripOfTransport();
    }
    sending.produce(now);
  }

  /** Until RTCP measures it; ICE does so again every few seconds. */
  private void takeRoundTripOfTransport() {
    long measuredNs = transport.roundTripNs();
    if (roundTripNs < 0 && measuredNs >= 0) {
      rtcp.setRoundTrip(measuredNs);
    }
  }

  long nextDeadlineNs() {
    if (!transport.isReady()) {
      return Long.MAX_VALUE;
    }
    // What a full socket holds back goes on when it is writable again.
    long next = transport.isWritable() ? rtcp.nextDeadlineNs() : Long.MAX_VALUE;
    next = Math.min(next, arrivals.nextDeadlineNs());
    next = Math.min(next, sending.nextDeadlineNs());
    for (int i = 0; i < transceivers.size(); i++) {
      next = Math.min(next, nextDeadlineNs(transceivers.get(i)));
    }
    return next;
  }

  private static long nextDeadlineNs(MediaTransceiver transceiver) {
    SendingMedia out = transceiver.sending();
    ReceivingMedia in = transceiver.receiving();
    return Math.min(
        out == null ? Long.MAX_VALUE : out.nextDeadlineNs(),
        in == null ? Long.MAX_VALUE : in.nextDeadlineNs());
  }

  void onDeadline(long now) {
    nowNs = now;
    arrivals.onDeadline(now);
    sending.onDeadline(now);
    for (int i = 0; i < transceivers.size(); i++) {
      SendingMedia out = transceivers.get(i).sending();
      ReceivingMedia in = transceivers.get(i).receiving();
      if (out != null) {
        out.onDeadline(now);
      }
      if (in != null) {
        in.onDeadline(now);
      }
    }
  }

  /** The last words are BYE. */
  void close(long now) {
    rtcp.stop();
    produce(now);
    sending.stop();
  }

  /** Data on the same transport takes its share. */
  PacedSending sending() {
    return sending;
  }

  /** Packets that could not be read. */
  long malformedPackets() {
    return malformedPackets;
  }

  RtpRouter router() {
    return router;
  }

  /** Streams of the remote begin and end. */
  private final class Opener implements StreamOpener {

    @Override
    public @Nullable ReceiveStream open(MediaSection section, String rid, long ssrc) {
      for (MediaTransceiver transceiver : transceivers) {
        ReceivingMedia media = transceiver.receiving();
        if (media != null && media.media().mid().equals(section.mid())) {
          ReceiveStream opened = media.open(ssrc, rid, nowNs);
          long knownNs = roundTripNs < 0 ? transport.roundTripNs() : roundTripNs;
          if (knownNs >= 0) {
            opened.setRoundTrip(knownNs);
          }
          return opened;
        }
      }
      return null;
    }

    @Override
    public void onClosed(ReceiveStream stream) {
      for (MediaTransceiver transceiver : transceivers) {
        ReceivingMedia media = transceiver.receiving();
        if (media != null && media.close(stream)) {
          return;
        }
      }
    }
  }

  /** What the remote's RTCP asks for. */
  private final class Feedback implements RtcpListener {

    @Override
    public void onRetransmission(OutgoingPacket retransmission) {
      sending.enqueue(retransmission);
    }

    @Override
    public void onKeyFrameRequest(SendStream stream) {
      for (MediaTransceiver transceiver : transceivers) {
        SendingMedia media = transceiver.sending();
        if (media != null && media.stream() == stream) {
          media.keyFrameRequested();
        }
      }
    }

    @Override
    public void onRemb(Remb remb) {
      sending.onRemb(remb, nowNs);
    }

    @Override
    public void onOther(RtcpPacket other, long now) {
      if (other instanceof TransportFeedback feedback) {
        sending.onFeedback(feedback, now);
      }
    }

    @Override
    public void onReceiverRoundTrip(long measuredNs) {
      roundTripNs = measuredNs;
    }

    @Override
    public void onRoundTrip(long measuredNs) {
      roundTripNs = measuredNs;
      sending.onReport(measuredNs, nowNs);
    }
  }
}
