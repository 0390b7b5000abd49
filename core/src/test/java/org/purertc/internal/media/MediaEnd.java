package org.purertc.internal.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.BundlePolicy;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.DescriptionType;
import org.purertc.internal.jsep.JsepConfiguration;
import org.purertc.internal.jsep.JsepException;
import org.purertc.internal.jsep.JsepSession;
import org.purertc.internal.jsep.LocalTransport;
import org.purertc.internal.jsep.MediaCapabilities;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.jsep.MediaSource;
import org.purertc.internal.jsep.RestartableTransports;
import org.purertc.internal.jsep.Transceiver;
import org.purertc.internal.rtp.NtpClock;
import org.purertc.internal.stats.StatsEntry;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SessionDescription;
import org.purertc.srtp.SrtpProfile;
import org.purertc.srtp.SrtpSession;

/**
 * The media of one peer, without ICE and DTLS: real descriptions, streams and SRTP, on a path in
 * virtual time ({@link MediaLink}).
 */
final class MediaEnd {
  private static final String FINGERPRINT = "sha-256 " + "AB:".repeat(31) + "CD";
  private static final int MAX_DATAGRAM_BYTES = 1_500;

  /** What a transceiver's user would hear of. */
  static final class Heard implements TransceiverListener {
    final List<MediaFrame> frames = new ArrayList<>();
    final List<Long> frameTimesNs = new ArrayList<>();
    final List<Long> keyFrameRequestsNs = new ArrayList<>();
    final List<String> tones = new ArrayList<>();
    private final MediaEnd end;
    int gaps;
    int receivingChanges;
    int targets;
    long targetBitsPerSecond = -1;

    Heard(MediaEnd end) {
      this.end = end;
    }

    @Override
    public void onNegotiated(TransceiverState state) {}

    @Override
    public void onRemoteTrack(List<String> streamIds, String trackId) {}

    @Override
    public String trackId() {
      return "track";
    }

    @Override
    public void onRemoteTrackRemoved() {}

    @Override
    public void onFrame(MediaFrame frame) {
      frames.add(frame);
      frameTimesNs.add(end.nowNs);
    }

    @Override
    public void onLayerFrame(String rid, MediaFrame frame) {}

    @Override
    public void onPacket(MediaPacket packet) {}

    @Override
    public void onGap(long timestampUs, long durationUs, @Nullable MediaFrame next) {
      gaps++;
    }

    @Override
    public void onReceiving(boolean receiving) {
      receivingChanges++;
    }

    @Override
    public void onKeyFrameRequest(String rid) {
      keyFrameRequestsNs.add(end.nowNs);
    }

    @Override
    public void onTargetBitrate(String rid, long bitsPerSecond) {
      targets++;
      targetBitsPerSecond = bitsPerSecond;
    }

    @Override
    public void onTone(String tone, String rest) {}

    @Override
    public void onReceivedTone(String tone) {
      tones.add(tone);
    }

    @Override
    public void onSendCodec(Codec codec) {}
  }

  private final class Owner implements MediaTransceiver.Owner {
    @Override
    public void onChanged(MediaTransceiver transceiver) {}

    @Override
    public void onStopped(MediaTransceiver transceiver) {}

    @Override
    public void touch() {}

    @Override
    public long nowNs() {
      return nowNs;
    }
  }

  private final class Path implements MediaTransport {
    @Override
    public boolean isReady() {
      return connected;
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public long roundTripNs() {
      return -1;
    }

    @Override
    public int sendRtp(byte[] buffer, int length) {
      sentRtp++;
      sentRtpBytes += length;
      boolean kept = keepsRtp.test(Arrays.copyOf(buffer, length));
      int sealed = srtp.protectRtp(buffer, 0, length);
      if (sealed > 0 && kept) {
        out.send(false, Arrays.copyOf(buffer, sealed));
      }
      return sealed;
    }

    @Override
    public int sendRtcp(byte[] buffer, int length) {
      sentRtcp++;
      sentRtcpBytes += length;
      boolean kept = keepsRtcp.test(Arrays.copyOf(buffer, length));
      int sealed = srtp.protectRtcp(buffer, 0, length);
      if (sealed > 0 && kept) {
        out.send(true, Arrays.copyOf(buffer, sealed));
      }
      return sealed;
    }

    @Override
    public void sendProtected(byte[] buffer, int length) {
      sentRtp++;
      sentRtpBytes += length;
      out.send(false, Arrays.copyOf(buffer, length));
    }
  }

  /** Takes what is sent, protected. */
  interface Out {
    void send(boolean isRtcp, byte[] datagram);
  }

  final JsepSession jsep;
  final MediaSession session;
  final Map<MediaKind, Heard> heard;
  final List<MediaTransceiver> transceivers = new ArrayList<>();

  /** Of packets in the clear that are to be sent: whether they get there. */
  Predicate<byte[]> keepsRtp = packet -> true;

  Predicate<byte[]> keepsRtcp = packet -> true;
  Out out = (isRtcp, datagram) -> {};
  long nowNs;
  long sentRtp;
  long sentRtpBytes;
  long sentRtcp;
  long sentRtcpBytes;
  long rejected;

  private final SrtpSession srtp;
  private final long firstSsrc;
  private boolean connected;

  /**
   * @param isClient in whose direction DTLS would have exported the first keys
   */
  MediaEnd(boolean isClient, NtpClock clock, RandomGenerator random, long nowNs) {
    this.nowNs = nowNs;
    firstSsrc = isClient ? 1_000 : 2_000;
    byte[] own = key(isClient ? 1 : 2);
    byte[] other = key(isClient ? 2 : 1);
    byte[] salt = Arrays.copyOf(key(3), 12);
    srtp = new SrtpSession(SrtpProfile.AEAD_AES_128_GCM, own, salt, other, salt);
    jsep =
        new JsepSession(
            new JsepConfiguration(
                firstSsrc, 5000, 262_144, BundlePolicy.MAX_BUNDLE, MediaCapabilities.STANDARD),
            new OneTransport(new LocalTransport("ufrag" + firstSsrc, "p".repeat(24), FINGERPRINT)),
            kind -> add(kind).description());
    session = new MediaSession("cname" + firstSsrc, clock, random, index -> new Path());
    heard = Map.of(MediaKind.AUDIO, new Heard(this), MediaKind.VIDEO, new Heard(this));
  }

  /** Nothing restarts here. */
  private record OneTransport(LocalTransport ours) implements RestartableTransports {
    @Override
    public LocalTransport transport(int index) {
      return ours;
    }

    @Override
    public LocalTransport restarted(int index) {
      return ours;
    }
  }

  private static byte[] key(int number) {
    byte[] key = new byte[16];
    Arrays.fill(key, (byte) number);
    return key;
  }

  /** One that sends and receives. */
  MediaTransceiver add(MediaKind kind) {
    long ssrc = firstSsrc + 10L * transceivers.size();
    MediaSource source = new MediaSource(ssrc, kind == MediaKind.VIDEO ? ssrc + 1 : -1, "cname");
    Transceiver description = new Transceiver(kind, MediaDirection.SENDRECV, List.of(source));
    description.setTrackId(kind + "Track");
    MediaTransceiver added = new MediaTransceiver(description, heard.get(kind), new Owner());
    transceivers.add(added);
    session.add(added);
    return added;
  }

  SessionDescription offer() throws JsepException {
    transceivers.forEach(each -> jsep.addTransceiver(each.description()));
    SessionDescription offer = jsep.createOffer();
    jsep.setLocalDescription(DescriptionType.OFFER, offer);
    session.onDescriptions(jsep, nowNs);
    return offer;
  }

  SessionDescription answer(String offer) throws JsepException, SdpException {
    jsep.setRemoteDescription(DescriptionType.OFFER, SessionDescription.parse(offer));
    session.onDescriptions(jsep, nowNs);
    for (MediaTransceiver each : transceivers) {
      each.description().setDirection(MediaDirection.SENDRECV);
    }
    SessionDescription answer = jsep.createAnswer();
    jsep.setLocalDescription(DescriptionType.ANSWER, answer);
    session.onDescriptions(jsep, nowNs);
    return answer;
  }

  void answered(String answer) throws JsepException, SdpException {
    jsep.setRemoteDescription(DescriptionType.ANSWER, SessionDescription.parse(answer));
    session.onDescriptions(jsep, nowNs);
  }

  void connect() {
    connected = true;
    session.onConnected(0, nowNs);
  }

  MediaTransceiver of(MediaKind kind) {
    return transceivers.stream()
        .filter(each -> each.description().kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  ReceivingMedia receiving(MediaKind kind) {
    ReceivingMedia receiving = of(kind).receiving();
    if (receiving == null) {
      throw new AssertionError("nothing is received");
    }
    return receiving;
  }

  SendingMedia sending(MediaKind kind) {
    SendingMedia sending = of(kind).sending("");
    if (sending == null) {
      throw new AssertionError("nothing is sent");
    }
    return sending;
  }

  MediaPath path() {
    return session.paths().get(0);
  }

  StatsEntry stats(String type, MediaKind kind) {
    return MediaStatistics.of(session, 0).stream()
        .filter(each -> each.type().equals(type))
        .filter(each -> kind.toString().equals(each.values().get("kind")))
        .findFirst()
        .orElseThrow();
  }

  long number(String type, MediaKind kind, String member) {
    return ((Number) stats(type, kind).values().get(member)).longValue();
  }

  /** Protected, as it came. */
  void receive(boolean isRtcp, byte[] datagram) {
    byte[] buffer = Arrays.copyOf(datagram, Math.max(datagram.length, MAX_DATAGRAM_BYTES));
    int length =
        isRtcp
            ? srtp.unprotectRtcp(buffer, 0, datagram.length)
            : srtp.unprotectRtp(buffer, 0, datagram.length);
    if (length < 0) {
      rejected++;
    } else {
      receiveInTheClear(isRtcp, Arrays.copyOf(buffer, length));
    }
  }

  /** As if a remote that has the keys had sent it. */
  void receiveInTheClear(boolean isRtcp, byte[] packet) {
    if (isRtcp) {
      session.receiveRtcp(0, packet, 0, packet.length, nowNs);
    } else {
      session.receiveRtp(0, packet, 0, packet.length, nowNs);
    }
    session.produce(nowNs);
  }

  void send(MediaKind kind, MediaFrame frame) {
    of(kind).send("", frame);
    session.produce(nowNs);
  }

  /** Does what is due until then. */
  void runTo(long endNs) {
    session.produce(nowNs);
    while (session.nextDeadlineNs() <= endNs) {
      nowNs = Math.max(nowNs, session.nextDeadlineNs());
      session.onDeadline(nowNs);
      session.produce(nowNs);
    }
    nowNs = endNs;
  }
}
