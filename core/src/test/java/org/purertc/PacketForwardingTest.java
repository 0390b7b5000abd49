package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.sim.SimNetwork;

/** From one peer through a program that forwards packets to another peer, in virtual time. */
class PacketForwardingTest {
  private static final int STEP_MS = 2;

  private final List<MediaCall> calls = new ArrayList<>();
  private final List<RTCRtpPacket> arrived = new ArrayList<>();

  private MediaCall call(SimNetwork network) {
    MediaCall call = new MediaCall(network);
    calls.add(call);
    return call;
  }

  private void runMs(int milliseconds) {
    for (int i = 0; i < milliseconds / STEP_MS; i++) {
      calls.forEach(each -> each.pair.runMs(STEP_MS));
    }
  }

  private void end() {
    calls.forEach(MediaCall::stopWriting);
    calls.forEach(each -> each.pair.assertNothingLeft());
  }

  /** b of it receives what its a writes. */
  private MediaCall speaker(SimNetwork network, EncodedMediaSource source) {
    MediaCall speaker = call(network);
    RTCRtpSender unused = speaker.a.addTrack(source.track());
    return speaker.negotiated();
  }

  private MediaCall listener(SimNetwork network, EncodedMediaSource relayed) {
    MediaCall listener = call(network);
    RTCRtpSender unused = listener.a.addTrack(relayed.track());
    listener.negotiated();
    listener.b.getReceivers().get(0).onPacket(arrived::add);
    return listener;
  }

  private static RTCRtpReceiver receiver(MediaCall speaker) {
    return speaker.b.getReceivers().get(0);
  }

  private static int indexOf(EncodedFrame frame, List<EncodedFrame> written) {
    for (int i = 0; i < written.size(); i++) {
      if (Arrays.equals(written.get(i).data(), frame.data())) {
        return i;
      }
    }
    return -1;
  }

  private static void assertInOrder(List<EncodedFrame> received, List<EncodedFrame> written) {
    int last = -1;
    for (EncodedFrame frame : received) {
      int at = indexOf(frame, written);
      assertThat(at).isGreaterThan(last);
      last = at;
    }
  }

  /** Two cameras, and a listener who sees one after the other. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void videoThatIsSwitchedHasNoSeamAndSurvivesLossOnBothHops(long seed) {
    EncodedMediaSource first = EncodedMediaSource.video();
    EncodedMediaSource second = EncodedMediaSource.video();
    EncodedMediaSource relayed = EncodedMediaSource.video();
    MediaCall one = speaker(SimNetwork.with(seed).delayMs(20).lossPercent(3), first);
    MediaCall two = speaker(SimNetwork.with(seed + 100).delayMs(30).lossPercent(3), second);
    MediaCall listener = listener(SimNetwork.with(seed + 200).delayMs(25).lossPercent(3), relayed);
    List<EncodedFrame> ofOne = one.write(first);
    List<EncodedFrame> ofTwo = two.write(second);
    receiver(one).onPacket(relayed::write);
    relayed.onKeyFrameRequest(receiver(one).track()::requestKeyFrame);
    runMs(4_000);
    receiver(one).onPacket(null);
    receiver(two).onPacket(relayed::write);
    relayed.onKeyFrameRequest(receiver(two).track()::requestKeyFrame);
    runMs(4_000);

    List<EncodedFrame> seen = listener.receivedByB;
    List<EncodedFrame> seenOfOne = seen.stream().filter(f -> indexOf(f, ofOne) >= 0).toList();
    List<EncodedFrame> seenOfTwo = seen.stream().filter(f -> indexOf(f, ofTwo) >= 0).toList();
    assertThat(seenOfOne.size() + seenOfTwo.size()).isEqualTo(seen.size());
    assertThat(seen.subList(0, seenOfOne.size())).isEqualTo(seenOfOne);
    assertInOrder(seenOfOne, ofOne);
    assertInOrder(seenOfTwo, ofTwo);
    assertThat(seenOfOne).as("seed %d", seed).hasSizeGreaterThan(170);
    assertThat(seenOfTwo).as("seed %d", seed).hasSizeGreaterThan(170);
    assertThat(seenOfTwo.get(0).keyFrame()).isTrue();
    assertThat(seen).isSortedAccordingTo(Comparator.comparingLong(EncodedFrame::timestampUs));
    assertThat(seen.get(seenOfOne.size()).timestampUs())
        .isBetween(seenOfOne.get(seenOfOne.size() - 1).timestampUs() + 1, 5_000_000L);
    assertOneStream("seed " + seed);
    end();
  }

  /** All numbers once, without a gap; timestamps go up with them. */
  private void assertOneStream(String seed) {
    assertThat(arrived.stream().map(RTCRtpPacket::ssrc).distinct()).hasSize(1);
    List<RTCRtpPacket> inOrder =
        arrived.stream().sorted(Comparator.comparing(RTCRtpPacket::sequenceNumber)).toList();
    long missing = 0;
    for (int i = 1; i < inOrder.size(); i++) {
      RTCRtpPacket before = inOrder.get(i - 1);
      RTCRtpPacket packet = inOrder.get(i);
      assertThat(packet.sequenceNumber()).isGreaterThan(before.sequenceNumber());
      assertThat(packet.timestamp()).isGreaterThanOrEqualTo(before.timestamp());
      assertThat(packet.timestamp() - before.timestamp()).as(seed).isLessThan(2 * 90_000);
      missing += packet.sequenceNumber() - before.sequenceNumber() - 1;
    }
    assertThat(missing).as("%s: missing of %d packets", seed, inOrder.size()).isLessThan(5);
  }

  @Test
  void soundIsSwitchedAtOnce() {
    EncodedMediaSource first = EncodedMediaSource.audio();
    EncodedMediaSource second = EncodedMediaSource.audio();
    EncodedMediaSource relayed = EncodedMediaSource.audio();
    MediaCall one = speaker(SimNetwork.with(1).delayMs(20), first);
    MediaCall two = speaker(SimNetwork.with(2).delayMs(20), second);
    MediaCall listener = listener(SimNetwork.with(3).delayMs(20), relayed);
    List<EncodedFrame> ofOne = one.write(first);
    List<EncodedFrame> ofTwo = two.write(second);
    RTCRtpReceiver[] chosen = {receiver(one)};
    for (MediaCall each : List.of(one, two)) {
      receiver(each)
          .onPacket(
              packet -> {
                if (chosen[0] == receiver(each)) {
                  relayed.write(packet);
                }
              });
    }
    runMs(2_000);
    chosen[0] = receiver(two);
    runMs(2_000);
    chosen[0] = receiver(one);
    runMs(2_000);
    long fromOne = listener.receivedByB.stream().filter(f -> indexOf(f, ofOne) >= 0).count();
    long fromTwo = listener.receivedByB.stream().filter(f -> indexOf(f, ofTwo) >= 0).count();
    assertThat(fromOne).isCloseTo(200L, within(15L));
    assertThat(fromTwo).isCloseTo(100L, within(5L));
    for (int i = 1; i < arrived.size(); i++) {
      RTCRtpPacket before = arrived.get(i - 1);
      RTCRtpPacket packet = arrived.get(i);
      assertThat(packet.sequenceNumber()).isEqualTo(before.sequenceNumber() + 1);
      assertThat(packet.timestamp() - before.timestamp()).isBetween(1L, 2_100L);
    }
    assertThat(arrived.stream().filter(RTCRtpPacket::marker)).hasSize(3);
    end();
  }

  @Test
  void theFarReceiversRequestOfAKeyFrameComesBack() {
    EncodedMediaSource camera = EncodedMediaSource.video();
    EncodedMediaSource relayed = EncodedMediaSource.video();
    MediaCall speaker = speaker(SimNetwork.with(1).delayMs(20), camera);
    MediaCall listener = listener(SimNetwork.with(2).delayMs(20), relayed);
    List<EncodedFrame> written = speaker.write(camera);
    receiver(speaker).onPacket(relayed::write);
    relayed.onKeyFrameRequest(receiver(speaker).track()::requestKeyFrame);
    runMs(1_000);
    long before = written.stream().filter(EncodedFrame::keyFrame).count();
    listener.tracksOfB.get(0).track().requestKeyFrame();
    runMs(500);
    assertThat(written.stream().filter(EncodedFrame::keyFrame)).hasSize((int) before + 1);
    end();
  }

  @Test
  void aDisabledTrackLeavesNoGapAndGoesOnWithAKeyFrame() {
    EncodedMediaSource camera = EncodedMediaSource.video();
    EncodedMediaSource relayed = EncodedMediaSource.video();
    MediaCall speaker = speaker(SimNetwork.with(1).delayMs(20), camera);
    MediaCall listener = listener(SimNetwork.with(2).delayMs(20), relayed);
    assertThat(speaker.write(camera)).isNotEmpty();
    receiver(speaker).onPacket(relayed::write);
    relayed.onKeyFrameRequest(receiver(speaker).track()::requestKeyFrame);
    runMs(1_000);
    relayed.track().enabled(false);
    runMs(500);
    int frames = listener.receivedByB.size();
    runMs(500);
    assertThat(listener.receivedByB).hasSize(frames);
    relayed.track().enabled(true);
    runMs(1_000);
    assertThat(listener.receivedByB).hasSizeGreaterThan(frames + 30);
    assertThat(listener.receivedByB.get(frames).keyFrame()).isTrue();
    assertThat(arrived.get(arrived.size() - 1).sequenceNumber() - arrived.get(0).sequenceNumber())
        .isEqualTo(arrived.size() - 1);
    end();
  }

  @Test
  void aPacketSaysWhatItIs() {
    EncodedMediaSource camera = EncodedMediaSource.video();
    MediaCall speaker = speaker(SimNetwork.with(1).delayMs(20), camera);
    List<RTCRtpPacket> packets = new ArrayList<>();
    receiver(speaker).onPacket(packets::add);
    List<EncodedFrame> written = speaker.write(camera);
    runMs(1_000);
    RTCRtpPacket first = packets.get(0);
    assertThat(first.codec().mimeType()).isEqualTo("video/VP8");
    assertThat(first.codec().clockRate()).isEqualTo(90_000);
    assertThat(first.payloadType())
        .isEqualTo(receiver(speaker).getParameters().codecs().get(0).payloadType());
    assertThat(first.rid()).isEmpty();
    assertThat(first.keyFrame()).isTrue();
    assertThat(first.marker()).isFalse();
    assertThat(packets.stream().filter(RTCRtpPacket::keyFrame)).hasSize(1);
    assertThat(packets.stream().filter(RTCRtpPacket::marker))
        .hasSizeBetween(written.size() - 2, written.size());
    assertThat(first.toString()).startsWith("video/VP8 packet ").doesNotContain("[B@");
    receiver(speaker).onPacket(null);
    runMs(100);
    int count = packets.size();
    runMs(100);
    assertThat(packets).hasSize(count);
    assertThat(receiver(speaker).droppedPackets()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> EncodedMediaSource.audio().write(first));
    end();
  }
}
