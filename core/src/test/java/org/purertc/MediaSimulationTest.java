package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.sim.SimNetwork;

/** Whole peers with audio and video in virtual time; DTLS is a double, SRTP is the real one. */
class MediaSimulationTest {
  @Test
  void audioArrivesAsItWasWritten() {
    PeerPair pair = new PeerPair(SimNetwork.with(1).delayMs(10));
    OneWayCall call = new OneWayCall(pair);
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
  private static List<List<Byte>> dataUpTo(OneWayCall call, List<EncodedFrame> expected) {
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
    OneWayCall call = new OneWayCall(pair);
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
    OneWayCall call = new OneWayCall(pair);
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
    OneWayCall call = new OneWayCall(pair);
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
}
