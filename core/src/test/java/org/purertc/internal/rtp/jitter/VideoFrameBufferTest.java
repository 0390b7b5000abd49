package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.format.PayloadDescriptor;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.Timer;

class VideoFrameBufferTest implements VideoFrameListener {
  private static final int VIDEO = 96;
  private static final int[] NONE = {};

  private final VideoFrameBuffer buffer =
      new VideoFrameBuffer(
          90_000,
          VideoBufferLimits.DEFAULT,
          payloadType -> payloadType == VIDEO ? new ToyFormat() : null,
          this);
  private final List<String> events = new ArrayList<>();
  private final List<AssembledFrame> frames = new ArrayList<>();
  private long nowNs;

  @Override
  public void onFrame(AssembledFrame frame, long nowNs) {
    frames.add(frame);
    events.add((frame.keyFrame() ? "K" : "D") + ToyFormat.number(frame));
  }

  @Override
  public void onKeyFrameNeeded(long nowNs) {
    events.add("need");
  }

  @Test
  void releasesAFrameWithItsLastPacket() {
    plain(100, 1, 0, 3);
    plain(101, 1, 1, 3);
    assertThat(events).isEmpty();
    plain(102, 1, 2, 3);
    assertThat(events).containsExactly("K1");
    assertThat(frames.get(0).firstSequence()).isEqualTo(100);
    assertThat(frames.get(0).lastSequence()).isEqualTo(102);
    assertThat(frames.get(0).packets()).isEqualTo(3);
    assertThat(buffer.waitingPackets()).isZero();
    assertThat(buffer.waitingBytes()).isZero();
    assertThat(buffer.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void joinsPacketsOfAnyOrderOnce() {
    plain(100, 1, 0, 1);
    plain(104, 3, 0, 1);
    plain(103, 2, 2, 3);
    plain(101, 2, 0, 3);
    plain(103, 2, 2, 3);
    assertThat(events).containsExactly("K1");
    plain(102, 2, 1, 3);
    plain(102, 2, 1, 3);
    assertThat(events).containsExactly("K1", "D2", "D3");
    assertThat(buffer.counters().packetsDiscarded()).isEqualTo(2);
  }

  @Test
  void aStreamMayBeginWithItsSecondPacket() {
    plain(101, 1, 1, 2);
    plain(100, 1, 0, 2);
    assertThat(events).containsExactly("K1");
  }

  @Test
  void aStreamJoinedMidwayNeedsAKeyFrame() {
    plain(101, 2, 1, 2);
    plain(102, 3, 0, 1);
    assertThat(events).containsExactly("need");
    assertThat(buffer.isKeyFrameNeeded()).isTrue();
    key(103, 4);
    assertThat(events).containsExactly("need", "K4");
    assertThat(buffer.isKeyFrameNeeded()).isFalse();
  }

  @Test
  void aFrameEndsWhereTheNextBeginsWhenTheSenderForgetsTheMarker() {
    insert(100, 1, false, toy(of(Start.UNKNOWN, true), 1, 0, 1));
    assertThat(events).isEmpty();
    insert(101, 2, false, toy(of(Start.UNKNOWN, false), 2, 0, 2));
    insert(102, 2, false, toy(of(Start.UNKNOWN, false), 2, 1, 2));
    insert(103, 3, false, toy(of(Start.UNKNOWN, false), 3, 0, 1));
    assertThat(events).containsExactly("K1", "D2");
  }

  @Test
  void onlyThePacketBeforeTellsWhereAFrameOfAnUntellingFormatBegins() {
    insert(100, 1, true, toy(of(Start.UNKNOWN, true), 1, 0, 1));
    insert(102, 2, false, toy(of(Start.UNKNOWN, false), 2, 1, 3));
    insert(103, 2, true, toy(of(Start.UNKNOWN, false), 2, 2, 3));
    assertThat(events).containsExactly("K1");
    insert(101, 2, false, toy(of(Start.UNKNOWN, false), 2, 0, 3));
    assertThat(events).containsExactly("K1", "D2");
  }

  @Test
  void aStreamOfAnUntellingFormatBeginsWithParameterSetsInAnyOrder() {
    insert(102, 1, false, toy(of(Start.UNKNOWN, true), 1, 1, 3));
    insert(101, 1, false, toy(of(Start.UNKNOWN, false), 1, 0, 3));
    insert(103, 1, true, toy(of(Start.NO, true), 1, 2, 3));
    assertThat(events).containsExactly("K1");
  }

  @Test
  void aFrameThatMayLackItsFirstPacketIsNotReleased() {
    insert(100, 1, true, toy(picture(true, 7), 1, 0, 1));
    PayloadDescriptor upper =
        new PayloadDescriptor(Start.UNKNOWN, false, 8, 15, -1, -1, 1, false, NONE);
    insert(102, 2, true, toy(upper, 2, 0, 1));
    advance(500);
    assertThat(events).containsExactly("K1", "need");
  }

  @Test
  void paddingFillsAGapBetweenFrames() {
    key(100, 1);
    plain(104, 2, 0, 1);
    insert(102, 1, false, new byte[0]);
    insert(101, 1, false, new byte[0]);
    assertThat(events).containsExactly("K1");
    insert(103, 1, false, new byte[0]);
    assertThat(events).containsExactly("K1", "D2");
    assertThat(buffer.waitingPackets()).isZero();
  }

  @Test
  void aFrameBeginsBehindPaddingInAnUntellingFormat() {
    insert(100, 1, true, toy(of(Start.UNKNOWN, true), 1, 0, 1));
    insert(103, 2, true, toy(of(Start.UNKNOWN, false), 2, 0, 1));
    insert(102, 1, false, new byte[0]);
    insert(101, 1, false, new byte[0]);
    assertThat(events).containsExactly("K1", "D2");
  }

  @Test
  void packetsOfAnotherPayloadTypeFillTheirPlace() {
    key(100, 1);
    buffer.insert(new BufferedPacket(101, 90, true, 97, new byte[10], nowNs), nowNs);
    plain(102, 2, 0, 1);
    assertThat(events).containsExactly("K1", "D2");
  }

  @Test
  void onALongPathALostPacketIsWaitedForAsLongAsSixRoundsMayBringIt() {
    buffer.setRetransmissions(true, ms(200));
    key(100, 1);
    plain(102, 3, 0, 1);
    advance(6 * (200 + 10) - 1);
    assertThat(events).containsExactly("K1");
    advance(1);
    assertThat(events).containsExactly("K1", "need");
  }

  @Test
  void noRoundTripMakesItWaitForMoreThanTwoSeconds() {
    buffer.setRetransmissions(true, Long.MAX_VALUE);
    key(100, 1);
    plain(102, 3, 0, 1);
    assertThat(buffer.nextDeadlineNs()).isEqualTo(nowNs + ms(2_000));
  }

  @Test
  void whatNobodySendsAgainIsWaitedForOnlyAsIfItWereLate() {
    buffer.setRetransmissions(false, ms(200));
    key(100, 1);
    plain(102, 3, 0, 1);
    advance(99);
    assertThat(events).containsExactly("K1");
    advance(1);
    assertThat(events).containsExactly("K1", "need");
  }

  @Test
  void whatNeedsALostPacketWaitsForItsRetransmissionAndIsThenDropped() {
    key(100, 1);
    plain(102, 3, 0, 1);
    assertThat(buffer.nextDeadlineNs()).isEqualTo(nowNs + ms(500));
    advance(499);
    plain(103, 4, 0, 1);
    assertThat(events).containsExactly("K1");
    advance(1);
    assertThat(events).containsExactly("K1", "need");
    plain(101, 2, 0, 1);
    key(104, 5);
    plain(105, 6, 0, 1);
    assertThat(events).containsExactly("K1", "need", "K5", "D6");
    assertThat(buffer.counters().framesDropped()).isEqualTo(2);
    assertThat(buffer.counters().packetsDiscarded()).isEqualTo(1);
    assertThat(buffer.waitingPackets()).isZero();
  }

  @Test
  void aRetransmissionInTimeReleasesAllThatWaited() {
    key(100, 1);
    plain(102, 3, 0, 1);
    plain(103, 4, 0, 1);
    advance(499);
    plain(101, 2, 0, 1);
    assertThat(events).containsExactly("K1", "D2", "D3", "D4");
    assertThat(buffer.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void asksForAKeyFrameAgainUntilOneComes() {
    plain(100, 1, 1, 2);
    plain(101, 2, 0, 1);
    advance(299);
    assertThat(events).containsExactly("need");
    advance(1);
    assertThat(events).containsExactly("need", "need");
    key(102, 3);
    advance(1000);
    assertThat(events).containsExactly("need", "need", "K3");
    assertThat(buffer.counters().keyFrameRequests()).isEqualTo(2);
  }

  @Test
  void aKeyFrameThatWasAskedForWaitsForNothingBeforeIt() {
    plain(100, 1, 1, 2);
    plain(101, 2, 0, 1);
    key(104, 3);
    assertThat(events).containsExactly("need", "K3");
  }

  @Test
  void aKeyFrameThatWasNotAskedForWaitsAMomentForWhatIsMissingBeforeIt() {
    key(100, 1);
    key(102, 3);
    advance(99);
    assertThat(events).containsExactly("K1");
    advance(1);
    assertThat(events).containsExactly("K1", "K3");
  }

  @Test
  void aFrameWithTheNextPictureIdNeedsNoPaddingThatWasLost() {
    insert(100, 1, true, toy(picture(true, 32_767), 1, 0, 1));
    insert(105, 2, true, toy(picture(false, 0), 2, 0, 1));
    advance(100);
    insert(107, 4, true, toy(picture(false, 2), 4, 0, 1));
    advance(100);
    assertThat(events).containsExactly("K1", "D2");
  }

  @Test
  void aLostFrameOfAHigherTemporalLayerStopsOnlyThatLayer() {
    insert(100, 1, true, toy(layered(true, 255, 0, false), 1, 0, 1));
    insert(101, 2, true, toy(layered(false, 255, 1, true), 2, 0, 1));
    insert(102, 3, true, toy(layered(false, 0, 0, false), 3, 0, 1));
    insert(104, 5, true, toy(layered(false, 1, 0, false), 5, 0, 1));
    advance(100);
    insert(105, 6, true, toy(layered(false, 1, 1, false), 6, 0, 1));
    insert(106, 7, true, toy(layered(false, 2, 0, false), 7, 0, 1));
    insert(107, 8, true, toy(layered(false, 2, 1, true), 8, 0, 1));
    insert(108, 9, true, toy(layered(false, 2, 1, false), 9, 0, 1));
    assertThat(events).containsExactly("K1", "D2", "D3", "D5", "D7", "D8", "D9");
    assertThat(buffer.isKeyFrameNeeded()).isFalse();
  }

  @Test
  void aLostFrameOfTheLowestTemporalLayerStopsAll() {
    insert(100, 1, true, toy(layered(true, 7, 0, false), 1, 0, 1));
    insert(102, 3, true, toy(layered(false, 8, 1, true), 3, 0, 1));
    insert(103, 4, true, toy(layered(false, 9, 0, false), 4, 0, 1));
    advance(500);
    assertThat(events).containsExactly("K1", "need");
  }

  @Test
  void saidReferencesAreAllThatAFrameNeeds() {
    insert(100, 1, true, toy(flexible(true, 126), 1, 0, 1));
    insert(101, 2, true, toy(flexible(false, 127, 1), 2, 0, 1));
    insert(103, 4, true, toy(flexible(false, 1, 3, 2), 4, 0, 1));
    advance(99);
    assertThat(events).containsExactly("K1", "D2");
    advance(1);
    assertThat(events).containsExactly("K1", "D2", "D4");
    insert(104, 5, true, toy(flexible(false, 2, 2), 5, 0, 1));
    assertThat(events).containsExactly("K1", "D2", "D4", "need");
  }

  @Test
  void aMalformedPayloadSpoilsItsFrame() {
    key(100, 1);
    insert(101, 2, false, new byte[] {9});
    plain(102, 2, 1, 2);
    assertThat(events).containsExactly("K1");
    plain(103, 3, 0, 1);
    assertThat(events).containsExactly("K1", "need");
    assertThat(buffer.waitingPackets()).isZero();
  }

  @Test
  void anEmptyBufferHasNoDeadline() {
    assertThat(buffer.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    buffer.setTargetDelayNs(ms(50), nowNs);
    assertThat(buffer.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void countsInTheWordsOfTheStatistics() {
    buffer.setTargetDelayNs(ms(40), nowNs);
    insert(100, 0, false, toy(of(Start.YES, true), 0, 0, 2));
    advance(10);
    insert(101, 0, true, toy(of(Start.NO, true), 0, 1, 2));
    advance(40);
    VideoBufferCounters counters = buffer.counters();
    assertThat(counters.framesReceived()).isEqualTo(1);
    assertThat(counters.framesReleased()).isEqualTo(1);
    assertThat(counters.keyFramesReleased()).isEqualTo(1);
    assertThat(counters.jitterBufferDelayNs()).isEqualTo(ms(50));
    assertThat(counters.jitterBufferTargetDelayNs()).isEqualTo(ms(40));
    assertThat(buffer.currentDelayNs()).isEqualTo(ms(40));
  }

  @Test
  void aPictureThatStandsCountsAsFrozen() {
    key(100, 0);
    for (int frame = 1; frame < 20; frame++) {
      advance(33);
      insert(100 + frame, frame, true, toy(of(Start.YES, false), frame, 0, 1));
    }
    assertThat(buffer.counters().freezeCount()).isZero();
    advance(183);
    insert(120, 20, true, toy(of(Start.YES, false), 20, 0, 1));
    assertThat(buffer.counters().freezeCount()).isZero();
    advance(200);
    insert(121, 21, true, toy(of(Start.YES, false), 21, 0, 1));
    assertThat(buffer.counters().freezeCount()).isEqualTo(1);
    assertThat(buffer.counters().totalFreezesDurationNs()).isEqualTo(ms(200));
  }

  @Test
  void aTargetDelayHoldsQuickFramesBackToAnEvenPace() {
    buffer.setTargetDelayNs(ms(50), nowNs);
    key(100, 0);
    advance(49);
    assertThat(events).isEmpty();
    advance(1);
    assertThat(events).containsExactly("K0");
    advance(3); // 53 ms after frame 0, so 20 ms late: 30 of the 50 ms are left
    insert(101, 1, true, toy(of(Start.YES, false), 1, 0, 1));
    advance(29);
    assertThat(events).containsExactly("K0");
    advance(2); // 3,000 ticks are 33.3 ms
    assertThat(events).containsExactly("K0", "D1");
  }

  @Test
  void aSenderThatBeginsAnewFarBackIsFollowed() {
    key(100_000, 1);
    key(50_000, 2);
    assertThat(events).containsExactly("K1");
    key(50_001, 3);
    plain(50_002, 4, 0, 1);
    assertThat(events).containsExactly("K1", "need", "K3", "D4");
  }

  @Test
  void moreThan2048PacketsAreNeverHeld() {
    key(0, 1);
    for (int i = 0; i < 10_000; i++) {
      plain(2 + i, 2, i + 1, 0xffff);
      assertThat(buffer.waitingPackets()).isLessThanOrEqualTo(2_048);
    }
    assertThat(buffer.counters().flushes()).isGreaterThan(3);
    assertThat(events).containsExactly("K1", "need");
  }

  @Test
  void moreThan4MebibytesAreNeverHeld() {
    key(0, 1);
    for (int i = 0; i < 300; i++) {
      insert(2 + i, 2, false, toy(of(Start.NO, false), 2, i + 1, 0xffff, 60_000));
      assertThat(buffer.waitingBytes()).isLessThanOrEqualTo(4 << 20);
    }
    assertThat(buffer.counters().flushes()).isPositive();
  }

  @Test
  void moreThan300FramesAreNeverHeld() {
    key(0, 1);
    for (int i = 0; i < 301; i++) {
      plain(2 + i, 2 + i, 0, 1);
    }
    assertThat(buffer.counters().flushes()).isEqualTo(1);
    assertThat(events).containsExactly("K1", "need");
    key(400, 500);
    assertThat(events).containsExactly("K1", "need", "K500");
  }

  private void key(long sequence, int frame) {
    insert(sequence, frame, true, toy(of(Start.YES, true), frame, 0, 1));
  }

  private void plain(long sequence, int frame, int index, int count) {
    boolean isKey = frame == 1 && index == 0;
    Start start = index == 0 ? Start.YES : Start.NO;
    insert(sequence, frame, index == count - 1, toy(of(start, isKey), frame, index, count));
  }

  private void insert(long sequence, int frame, boolean marker, byte[] payload) {
    buffer.insert(
        new BufferedPacket(sequence, frame * 3_000L, marker, VIDEO, payload, nowNs), nowNs);
  }

  private void advance(long milliseconds) {
    long endNs = nowNs + ms(milliseconds);
    while (buffer.nextDeadlineNs() <= endNs) {
      nowNs = Math.max(nowNs, buffer.nextDeadlineNs());
      buffer.onDeadline(nowNs);
    }
    nowNs = endNs;
  }

  private static long ms(long milliseconds) {
    return milliseconds * 1_000_000;
  }

  private static byte[] toy(PayloadDescriptor descriptor, int frame, int index, int count) {
    return toy(descriptor, frame, index, count, 100);
  }

  private static byte[] toy(
      PayloadDescriptor descriptor, int frame, int index, int count, int bytes) {
    return ToyFormat.payload(descriptor, frame, index, count, bytes);
  }

  private static PayloadDescriptor of(Start start, boolean keyFrame) {
    return PayloadDescriptor.of(start, keyFrame);
  }

  private static PayloadDescriptor picture(boolean keyFrame, int pictureId) {
    return new PayloadDescriptor(Start.YES, keyFrame, pictureId, 15, -1, -1, -1, false, NONE);
  }

  private static PayloadDescriptor layered(boolean keyFrame, int tl0, int layer, boolean sync) {
    return new PayloadDescriptor(Start.YES, keyFrame, -1, 0, tl0, layer, -1, sync, NONE);
  }

  private static PayloadDescriptor flexible(boolean keyFrame, int pictureId, int... differences) {
    return new PayloadDescriptor(Start.YES, keyFrame, pictureId, 7, -1, -1, 0, false, differences);
  }
}
