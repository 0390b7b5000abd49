package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.sim.SimNetwork;

/** Whole peers with audio and video in virtual time; DTLS is a double, SRTP is the real one. */
class MediaSimulationTest {
  private static final long MS = 1_000_000;
  private static final int FRAME_MS = 20;

  @Test
  void audioArrivesAsItWasWritten() {
    PeerPair pair = new PeerPair(SimNetwork.with(1).delayMs(10));
    Call call = new Call(pair);
    call.sendAudio();
    pair.negotiate();
    pair.runMs(3_000);
    assertThat(call.audio.written).hasSizeGreaterThan(100);
    List<EncodedFrame> expected = call.audio.lastWritten(call.audio.received.size());
    assertThat(call.audio.received).hasSizeGreaterThan(100);
    assertThat(data(call.audio.received)).containsExactlyElementsOf(dataUpTo(call, expected));
    call.end();
    pair.assertNothingLeft();
  }

  /** The newest written frames may still be in the jitter buffer. */
  private static List<List<Byte>> dataUpTo(Call call, List<EncodedFrame> expected) {
    List<List<Byte>> all = data(call.audio.written);
    int last = all.lastIndexOf(data(call.audio.received).get(call.audio.received.size() - 1));
    return all.subList(last + 1 - expected.size(), last + 1);
  }

  private static List<List<Byte>> data(List<EncodedFrame> frames) {
    List<List<Byte>> all = new ArrayList<>();
    for (EncodedFrame frame : frames) {
      List<Byte> bytes = new ArrayList<>();
      for (byte each : frame.data()) {
        bytes.add(each);
      }
      all.add(bytes);
    }
    return all;
  }

  @Test
  void videoBeginsWithAKeyFrameAndArrivesWhole() {
    PeerPair pair = new PeerPair(SimNetwork.with(2).delayMs(10));
    Call call = new Call(pair);
    call.sendVideo();
    pair.negotiate();
    pair.runMs(3_000);
    assertThat(call.video.received).hasSizeGreaterThan(50);
    assertThat(call.video.received.get(0).keyFrame()).isTrue();
    call.video.assertReceivedInOrder("seed 2");
    call.end();
    pair.assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void videoSurvivesLossByRetransmission(long seed) {
    PeerPair pair = new PeerPair(SimNetwork.with(seed).delayMs(25).lossPercent(5));
    Call call = new Call(pair);
    call.sendVideo();
    pair.negotiate();
    pair.runMs(10_000);
    call.video.assertReceivedInOrder("seed " + seed);
    double share = (double) call.video.received.size() / call.video.written.size();
    assertThat(share).as("seed %d: %s", seed, call.video).isGreaterThan(0.9);
    call.end();
    pair.assertNothingLeft();
  }

  @Test
  void anEchoOfTheRemoteTrackComesBack() {
    PeerPair pair = new PeerPair(SimNetwork.with(3).delayMs(10));
    Call call = new Call(pair);
    List<EncodedFrame> echoed = new ArrayList<>();
    pair.b.events.track.set(event -> pair.b.media().addTrack(event.track(), event.streams()));
    pair.a.events.track.set(event -> event.track().onFrame(echoed::add));
    call.sendVideo();
    pair.negotiate();
    pair.runMs(3_000);
    assertThat(echoed).hasSizeGreaterThan(40);
    assertThat(echoed.get(0).keyFrame()).isTrue();
    call.end();
    pair.assertNothingLeft();
  }

  /** The sequence numbers of an SSRC go on, or SRTP's index of half of the seeds is of the past. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void videoGoesOnAfterItWasInactive(long seed) {
    PeerPair pair = new PeerPair(SimNetwork.with(seed).delayMs(10));
    Call call = new Call(pair);
    call.sendVideo();
    pair.negotiate();
    pair.runMs(1_000);
    TransceiverDirections directions = new TransceiverDirections(pair);
    directions.negotiate(RTCRtpTransceiverDirection.INACTIVE);
    pair.runMs(1_000);
    int before = call.video.received.size();
    directions.negotiate(RTCRtpTransceiverDirection.SENDRECV);
    pair.runMs(1_000);
    assertThat(call.video.received).as("seed %d", seed).hasSizeGreaterThan(before + 30);
    assertThat(call.video.received.get(before).keyFrame()).as("seed %d", seed).isTrue();
    call.video.assertReceivedInOrder("seed " + seed);
    call.end();
    pair.assertNothingLeft();
  }

  /** What a wants of its first transceiver. */
  private record TransceiverDirections(PeerPair pair) {
    void negotiate(RTCRtpTransceiverDirection direction) {
      pair.a.media().getTransceivers().get(0).direction(direction);
      pair.runMs(100);
      pair.negotiate();
    }
  }

  /** a writes, b receives. */
  private static final class Call {
    final PeerPair pair;
    final Flow audio;
    final Flow video;
    private boolean ended;

    Call(PeerPair pair) {
      this.pair = pair;
      audio = new Flow(EncodedMediaSource.audio(), pair.network.seed());
      video = new Flow(EncodedMediaSource.video(), pair.network.seed());
      pair.b.events.track.set(
          event -> {
            Flow flow = event.track().kind() == MediaKind.AUDIO ? audio : video;
            event.track().onFrame(flow.received::add);
          });
    }

    void sendAudio() {
      start(audio);
    }

    void sendVideo() {
      start(video);
    }

    private void start(Flow flow) {
      RTCRtpSender unused = pair.a.media().addTrack(flow.source.track(), List.of());
      tick(flow);
    }

    private void tick(Flow flow) {
      if (!ended) {
        flow.write(pair.loop.nowNs());
        pair.loop.at(pair.loop.nowNs() + FRAME_MS * MS, () -> tick(flow));
      }
    }

    void end() {
      ended = true;
      pair.runMs(2 * FRAME_MS);
    }
  }

  /** Frames of one track. */
  private static final class Flow {
    final EncodedMediaSource source;
    final List<EncodedFrame> written = new ArrayList<>();
    final List<EncodedFrame> received = new ArrayList<>();
    private final Random random;
    private boolean keyFrameWanted = true;

    Flow(EncodedMediaSource source, long seed) {
      this.source = source;
      random = new Random(seed);
      source.onKeyFrameRequest(() -> keyFrameWanted = true);
    }

    void write(long nowNs) {
      long timestampUs = nowNs / 1_000;
      EncodedFrame frame =
          source.track().kind() == MediaKind.AUDIO
              ? EncodedFrame.audio("audio/opus", opus(), timestampUs, FRAME_MS * 1_000L)
              : EncodedFrame.video("video/VP8", vp8(keyFrameWanted), timestampUs, keyFrameWanted);
      keyFrameWanted = false;
      written.add(frame);
      source.write(frame);
    }

    /** RFC 6716 section 3.1: configuration 31 (CELT, 20 ms), mono, one frame. */
    private byte[] opus() {
      byte[] packet = new byte[20 + random.nextInt(80)];
      random.nextBytes(packet);
      packet[0] = (byte) (31 << 3);
      return packet;
    }

    /** RFC 6386 section 9.1: a frame tag, and the size in a key frame; the rest is noise. */
    private byte[] vp8(boolean key) {
      byte[] frame = new byte[(key ? 4_000 : 500) + random.nextInt(3_000)];
      random.nextBytes(frame);
      frame[0] = (byte) (key ? 0x10 : 0x11);
      if (key) {
        byte[] start = {(byte) 0x9d, 0x01, 0x2a, 0x40, 0x01, (byte) 0xf0, 0x00};
        System.arraycopy(start, 0, frame, 3, start.length);
      }
      return frame;
    }

    List<EncodedFrame> lastWritten(int count) {
      return written.subList(written.size() - Math.min(count, written.size()), written.size());
    }

    void assertReceivedInOrder(String seed) {
      int at = 0;
      for (EncodedFrame frame : received) {
        while (at < written.size()
            && !java.util.Arrays.equals(written.get(at).data(), frame.data())) {
          at++;
        }
        assertThat(at)
            .as("%s: %s was not written, or came out of order", seed, frame)
            .isLessThan(written.size());
      }
    }

    @Override
    public String toString() {
      return received.size() + " of " + written.size() + " frames";
    }
  }
}
