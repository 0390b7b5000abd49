package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/**
 * Statistics against what happened in a call: each member that W3C WebRTC section 8.6 makes
 * mandatory, for every type that applies to frames which are not decoded here.
 */
class MediaStatisticsTest {
  private static final int DELAY_MS = 20;

  /**
   * With members that are not mandatory. Of the mandatory ones {@code totalAudioEnergy} is absent,
   * which takes a decoder, and {@code url} and {@code issuerCertificateId}, where there is none.
   */
  private static final Map<String, String> MANDATORY =
      Map.ofEntries(
          Map.entry("peer-connection", "dataChannelsOpened dataChannelsClosed"),
          Map.entry(
              "data-channel",
              "label protocol dataChannelIdentifier state messagesSent bytesSent messagesReceived"
                  + " bytesReceived"),
          Map.entry(
              "transport",
              "bytesSent bytesReceived selectedCandidatePairId localCertificateId"
                  + " remoteCertificateId packetsSent packetsReceived dtlsState dtlsRole iceRole"
                  + " iceState iceLocalUsernameFragment tlsVersion dtlsCipher srtpCipher"
                  + " selectedCandidatePairChanges"),
          Map.entry(
              "candidate-pair",
              "transportId localCandidateId remoteCandidateId state nominated bytesSent"
                  + " bytesReceived totalRoundTripTime currentRoundTripTime packetsSent"
                  + " packetsReceived requestsSent requestsReceived responsesSent"
                  + " responsesReceived lastPacketSentTimestamp lastPacketReceivedTimestamp"),
          Map.entry("local-candidate", "address port protocol candidateType priority foundation"),
          Map.entry("remote-candidate", "address port protocol candidateType priority foundation"),
          Map.entry("certificate", "fingerprint fingerprintAlgorithm base64Certificate"),
          Map.entry("codec", "payloadType transportId mimeType clockRate"),
          Map.entry(
              "inbound-rtp",
              "ssrc kind transportId codecId packetsReceived packetsLost jitter trackIdentifier"
                  + " mid remoteId bytesReceived headerBytesReceived packetsDiscarded nackCount"
                  + " lastPacketReceivedTimestamp jitterBufferDelay jitterBufferEmittedCount"),
          Map.entry(
              "outbound-rtp",
              "ssrc kind transportId codecId packetsSent bytesSent mid mediaSourceId remoteId"
                  + " headerBytesSent retransmittedPacketsSent retransmittedBytesSent"
                  + " totalPacketSendDelay nackCount active"),
          Map.entry(
              "remote-inbound-rtp",
              "ssrc kind transportId codecId packetsLost jitter packetsReceived localId"
                  + " roundTripTime totalRoundTripTime fractionLost roundTripTimeMeasurements"),
          Map.entry(
              "remote-outbound-rtp",
              "ssrc kind transportId codecId packetsSent bytesSent localId remoteTimestamp"
                  + " reportsSent roundTripTimeMeasurements totalRoundTripTime"),
          Map.entry("media-source", "trackIdentifier kind"));

  private static final String OF_VIDEO_RECEIVED =
      "framesReceived framesDecoded keyFramesDecoded framesDropped frameWidth frameHeight"
          + " framesPerSecond firCount pliCount framesAssembledFromMultiplePackets"
          + " totalAssemblyTime";
  private static final String OF_AUDIO_RECEIVED =
      "totalSamplesDuration totalSamplesReceived concealedSamples concealmentEvents";
  private static final String OF_VIDEO_SENT =
      "framesSent framesEncoded keyFramesEncoded frameWidth frameHeight framesPerSecond firCount"
          + " pliCount rtxSsrc targetBitrate hugeFramesSent";
  private static final String OF_VIDEO_SOURCE = "width height frames framesPerSecond";

  private final MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(DELAY_MS));
  private final RTCPeerConnection a = call.a;
  private final RTCPeerConnection b = call.b;
  private final EncodedMediaSource audio = EncodedMediaSource.audio();
  private final EncodedMediaSource video = EncodedMediaSource.video();
  private List<EncodedFrame> writtenAudio = List.of();
  private List<EncodedFrame> writtenVideo = List.of();
  private RTCRtpSender audioSender;
  private RTCRtpSender videoSender;
  private RTCDataChannel channel;

  @AfterEach
  void nothingIsLeft() {
    call.end();
  }

  /** Audio, video and a channel; the frames begin when all is connected, so that all arrive. */
  private void talk(int seconds) {
    audioSender = a.addTrack(audio.track());
    videoSender = a.addTrack(video.track());
    channel = a.createDataChannel("chat");
    call.negotiated();
    channel.send("hello");
    writtenAudio = call.write(audio);
    writtenVideo = call.write(video);
    call.pair.runMs(seconds * 1_000L);
  }

  private RTCStatsReport ofA() {
    return call.result(a.getStats());
  }

  private RTCStatsReport ofB() {
    return call.result(b.getStats());
  }

  private static RTCStats only(RTCStatsReport report, String type, String kind) {
    List<RTCStats> found =
        report.ofType(type).stream().filter(each -> kind.equals(each.get("kind"))).toList();
    assertThat(found).as("%s of %s", type, kind).hasSize(1);
    return found.get(0);
  }

  @Test
  void everyMandatoryMemberIsThere() {
    talk(8);
    List<String> missing = new ArrayList<>();
    Set<String> types = new HashSet<>();
    for (RTCStats each :
        Stream.of(ofA(), ofB()).flatMap(report -> report.values().stream()).toList()) {
      types.add(each.type());
      members(each).filter(member -> each.get(member) == null).forEach(m -> missing.add(each + m));
    }
    assertThat(missing).isEmpty();
    assertThat(types).isEqualTo(MANDATORY.keySet());
  }

  private static Stream<String> members(RTCStats stats) {
    String more = "";
    if ("video".equals(stats.get("kind"))) {
      more =
          switch (stats.type()) {
            case "inbound-rtp" -> OF_VIDEO_RECEIVED;
            case "outbound-rtp" -> OF_VIDEO_SENT;
            case "media-source" -> OF_VIDEO_SOURCE;
            default -> "";
          };
    }
    if ("audio".equals(stats.get("kind"))) {
      more =
          switch (stats.type()) {
            case "inbound-rtp" -> OF_AUDIO_RECEIVED;
            case "media-source" -> "totalSamplesDuration";
            default -> "";
          };
    }
    if ("audio/opus".equals(stats.get("mimeType"))) {
      more = "channels sdpFmtpLine";
    }
    String all = MANDATORY.get(stats.type()) + " " + more;
    return Arrays.stream(all.trim().split(" "));
  }

  @Test
  void whatWasSentIsWhatWasReceived() {
    talk(4);
    call.stopWriting();
    RTCStatsReport sent = ofA();
    RTCStatsReport received = ofB();
    for (String kind : List.of("audio", "video")) {
      RTCStats out = only(sent, "outbound-rtp", kind);
      RTCStats in = only(received, "inbound-rtp", kind);
      assertThat(in.get("ssrc")).isEqualTo(out.get("ssrc"));
      assertThat(in.get("mid")).isEqualTo(out.get("mid"));
      assertThat(in.longValue("packetsLost")).isZero();
      assertThat(in.longValue("packetsReceived")).isEqualTo(out.longValue("packetsSent"));
      assertThat(in.longValue("bytesReceived")).isEqualTo(out.longValue("bytesSent"));
      assertThat(in.longValue("headerBytesReceived")).isEqualTo(out.longValue("headerBytesSent"));
    }
    RTCStats audioOut = only(sent, "outbound-rtp", "audio");
    assertThat(audioOut.longValue("packetsSent")).isEqualTo(writtenAudio.size());
    assertThat(audioOut.longValue("bytesSent")).isEqualTo(bytes(writtenAudio));
  }

  private static long bytes(List<EncodedFrame> frames) {
    return frames.stream().mapToLong(frame -> frame.data().length).sum();
  }

  @Test
  void framesAreCounted() {
    talk(4);
    call.tracksOfB.get(1).track().requestKeyFrame();
    call.pair.runMs(1_000);
    call.stopWriting();
    RTCStats out = only(ofA(), "outbound-rtp", "video");
    RTCStats in = only(ofB(), "inbound-rtp", "video");
    RTCStats source = only(ofA(), "media-source", "video");
    long keyFrames = writtenVideo.stream().filter(EncodedFrame::keyFrame).count();
    assertThat(keyFrames).isEqualTo(2);
    assertThat(out.longValue("pliCount")).isEqualTo(1);
    assertThat(source.longValue("frames")).isEqualTo(writtenVideo.size());
    assertThat(source.doubleValue("framesPerSecond")).isEqualTo(50, within(1.0));
    assertThat(source.text("trackIdentifier")).isEqualTo(video.track().id());
    assertThat(out.longValue("framesSent")).isEqualTo(writtenVideo.size());
    assertThat(out.longValue("keyFramesEncoded")).isEqualTo(keyFrames);
    assertThat(out.longValue("hugeFramesSent")).isEqualTo(keyFrames - 1); // not the first frame
    assertThat(in.longValue("framesReceived")).isEqualTo(writtenVideo.size());
    assertThat(in.longValue("framesDecoded")).isEqualTo(writtenVideo.size());
    assertThat(in.longValue("keyFramesDecoded")).isEqualTo(keyFrames);
    assertThat(in.longValue("framesDropped")).isZero();
    // Only key frames need several packets.
    assertThat(in.longValue("framesAssembledFromMultiplePackets")).isEqualTo(keyFrames);
    assertThat(in.doubleValue("totalAssemblyTime")).isBetween(0.0, keyFrames * 0.5);
    assertThat(in.longValue("frameWidth")).isEqualTo(320);
    assertThat(out.longValue("frameHeight")).isEqualTo(240);
    assertThat(in.longValue("pliCount")).isEqualTo(out.longValue("pliCount"));
    RTCStats sourceOfAudio = only(ofA(), "media-source", "audio");
    assertThat(sourceOfAudio.doubleValue("totalSamplesDuration"))
        .isEqualTo(writtenAudio.size() * SampleFrames.FRAME_MS / 1_000.0, within(1e-6));
    assertThat(only(ofB(), "inbound-rtp", "audio").doubleValue("totalSamplesDuration"))
        .isEqualTo(sourceOfAudio.doubleValue("totalSamplesDuration"), within(0.05));
  }

  @Test
  void eachEndKnowsWhatTheOtherReports() {
    talk(8);
    for (String kind : List.of("audio", "video")) {
      RTCStats out = only(ofA(), "outbound-rtp", kind);
      RTCStats remoteIn = only(ofA(), "remote-inbound-rtp", kind);
      assertThat(remoteIn.get("ssrc")).isEqualTo(out.get("ssrc"));
      assertThat(remoteIn.longValue("packetsReceived"))
          .isPositive()
          .isLessThanOrEqualTo(out.longValue("packetsSent"));
      assertThat(remoteIn.doubleValue("roundTripTime"))
          .isEqualTo(2 * DELAY_MS / 1_000.0, within(0.005));
      assertThat(remoteIn.doubleValue("totalRoundTripTime"))
          .isEqualTo(
              remoteIn.longValue("roundTripTimeMeasurements") * 2 * DELAY_MS / 1_000.0,
              within(0.02));
      RTCStats remoteOut = only(ofB(), "remote-outbound-rtp", kind);
      assertThat(remoteOut.longValue("packetsSent"))
          .isPositive()
          .isLessThanOrEqualTo(out.longValue("packetsSent"));
      assertThat(remoteOut.longValue("reportsSent")).isPositive();
      long ageMs =
          ofB().get(remoteOut.id()).timestamp().toEpochMilli()
              - remoteOut.longValue("remoteTimestamp");
      assertThat(ageMs).isBetween((long) DELAY_MS, 10_000L);
    }
  }

  @Test
  void dataChannelsAndTheTransportAreCounted() {
    talk(2);
    RTCStats sent = ofA().ofType("data-channel").get(0);
    RTCStats received = ofB().ofType("data-channel").get(0);
    assertThat(sent.text("label")).isEqualTo("chat");
    assertThat(sent.text("state")).isEqualTo("open");
    assertThat(sent.longValue("dataChannelIdentifier")).isEqualTo(channel.id().longValue());
    assertThat(sent.longValue("messagesSent")).isEqualTo(1);
    assertThat(sent.longValue("bytesSent")).isEqualTo(5);
    assertThat(received.longValue("messagesReceived")).isEqualTo(1);
    assertThat(received.longValue("bytesReceived")).isEqualTo(5);
    channel.close();
    call.stopWriting();
    RTCStats peer = ofA().ofType("peer-connection").get(0);
    assertThat(peer.longValue("dataChannelsOpened")).isEqualTo(1);
    assertThat(peer.longValue("dataChannelsClosed")).isEqualTo(1);
    RTCStats transportOfA = ofA().ofType("transport").get(0);
    RTCStats transportOfB = ofB().ofType("transport").get(0);
    assertThat(transportOfA.text("dtlsState")).isEqualTo("connected");
    assertThat(transportOfA.text("iceRole")).isEqualTo("controlling");
    assertThat(transportOfB.longValue("bytesReceived"))
        .isPositive()
        .isLessThanOrEqualTo(transportOfA.longValue("bytesSent"));
    RTCStats pair = ofA().get(transportOfA.text("selectedCandidatePairId"));
    assertThat(pair.text("state")).isEqualTo("succeeded");
    assertThat(pair.get("nominated")).isEqualTo(true);
    double nowMs = pair.timestamp().toEpochMilli();
    assertThat(pair.doubleValue("lastPacketSentTimestamp")).isBetween(nowMs - 1_000, nowMs + 1);
    assertThat(pair.doubleValue("lastPacketReceivedTimestamp")).isBetween(nowMs - 1_000, nowMs + 1);
    assertThat(pair.doubleValue("currentRoundTripTime"))
        .isEqualTo(2 * DELAY_MS / 1_000.0, within(0.005));
  }

  @Test
  void idsAreStableAndReferencesResolve() {
    talk(6);
    RTCStatsReport before = ofA();
    call.pair.runMs(1_000);
    RTCStatsReport after = ofA();
    assertThat(ids(after)).containsExactlyElementsOf(ids(before));
    for (RTCStats each : after.values()) {
      RTCStats earlier = before.get(each.id());
      assertThat(earlier.type()).isEqualTo(each.type());
      assertThat(each.timestamp()).isAfter(earlier.timestamp());
      for (Map.Entry<String, Object> member : each.values().entrySet()) {
        String type = referredTo(each.type(), member.getKey());
        if (type != null) {
          RTCStats target = after.get((String) member.getValue());
          assertThat(target).as("%s of %s", member, each).isNotNull();
          assertThat(target.type()).isEqualTo(type);
        }
      }
    }
  }

  private static List<String> ids(RTCStatsReport report) {
    return report.values().stream().map(RTCStats::id).toList();
  }

  private static String referredTo(String type, String member) {
    return switch (member) {
      case "transportId" -> "transport";
      case "codecId" -> "codec";
      case "mediaSourceId" -> "media-source";
      case "selectedCandidatePairId" -> "candidate-pair";
      case "localCandidateId" -> "local-candidate";
      case "remoteCandidateId" -> "remote-candidate";
      case "localCertificateId", "remoteCertificateId" -> "certificate";
      case "remoteId" -> type.equals("inbound-rtp") ? "remote-outbound-rtp" : "remote-inbound-rtp";
      case "localId" -> type.equals("remote-inbound-rtp") ? "outbound-rtp" : "inbound-rtp";
      default -> null;
    };
  }

  @Test
  void aSelectorGivesWhatItsStreamsReferToAndNothingElse() {
    talk(6);
    RTCStatsReport ofVideo = call.result(videoSender.getStats());
    assertThat(types(ofVideo))
        .containsExactlyInAnyOrder(
            "outbound-rtp",
            "remote-inbound-rtp",
            "media-source",
            "codec",
            "transport",
            "candidate-pair",
            "local-candidate",
            "remote-candidate",
            "certificate",
            "certificate");
    assertThat(only(ofVideo, "outbound-rtp", "video").id()).isNotNull();
    assertThat(ids(call.result(a.getStats(video.track())))).isEqualTo(ids(ofVideo));
    assertThat(types(call.result(audioSender.getStats()))).hasSameSizeAs(types(ofVideo));
    RTCRtpReceiver receiver = b.getReceivers().get(1);
    RTCStatsReport ofReceiver = call.result(receiver.getStats());
    assertThat(ids(call.result(b.getStats(receiver.track())))).isEqualTo(ids(ofReceiver));
    assertThat(types(ofReceiver))
        .contains("inbound-rtp", "remote-outbound-rtp", "codec", "transport")
        .doesNotContain("outbound-rtp", "media-source", "data-channel", "peer-connection");
    assertThat(call.result(b.getSenders().get(0).getStats()).values()).isEmpty();
  }

  private static Collection<String> types(RTCStatsReport report) {
    return report.values().stream().map(RTCStats::type).collect(Collectors.toList());
  }

  @Test
  void thereIsNothingToCountBeforeTheConnection() {
    RTCRtpSender sender = a.addTrack(audio.track());
    RTCStatsReport report = ofA();
    assertThat(types(report)).containsExactly("peer-connection");
    assertThat(call.result(sender.getStats()).values()).isEmpty();
  }

  @Test
  void whatIsNotSentAnyMoreHasNoStream() {
    talk(2);
    a.removeTrack(videoSender);
    call.negotiated();
    assertThat(ofA().ofType("outbound-rtp")).hasSize(1);
    assertThat(ofB().ofType("inbound-rtp")).hasSize(1);
    assertThat(call.result(videoSender.getStats()).values()).isEmpty();
  }
}
