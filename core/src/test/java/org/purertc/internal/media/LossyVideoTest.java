package org.purertc.internal.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.rtp.PacketExtensions;

/** Video of an encoder that obeys its target, over networks that lose packets. */
class LossyVideoTest {
  private static final long MS = MediaLink.MS;
  private static final int FRAMES_PER_SECOND = 30;
  private static final long FRAME_NS = 1_000_000_000L / FRAMES_PER_SECOND;
  private static final int SECONDS = 15;

  /** The pacer, waiting for reordered packets, and the turns of both ends. */
  private static final int TURNS_MS = 15;

  private static final long MOST_BITS_PER_SECOND = 1_500_000;

  private MediaLink link;
  private int written;
  private int keyFrames;
  private int keyFramesAsked;

  private void write() {
    MediaEnd.Heard encoder = link.a.heard.get(MediaKind.VIDEO);
    int asked = encoder.keyFrameRequestsNs.size();
    boolean key = written == 0 || asked > keyFramesAsked;
    keyFramesAsked = asked;
    long target = Math.min(MOST_BITS_PER_SECOND, encoder.targetBitsPerSecond);
    int bytes = (int) Math.max(60, target / 8 / FRAMES_PER_SECOND) * (key ? 4 : 1);
    byte[] frame = new byte[bytes];
    frame[0] = (byte) (key ? 0x10 : 0x11);
    if (key) {
      keyFrames++;
      byte[] start = {(byte) 0x9d, 0x01, 0x2a, 0x40, 0x01, (byte) 0xf0, 0x00};
      System.arraycopy(start, 0, frame, 3, start.length);
    }
    long timestampUs = written++ * FRAME_NS / 1_000;
    link.a.send(
        MediaKind.VIDEO,
        new MediaFrame("video/VP8", frame, timestampUs, 0, key, PacketExtensions.NONE));
    link.runFor(FRAME_NS);
  }

  private void talk(int lossPercent, int delayMs, int jitterMs) {
    link = new MediaLink(1);
    link.delayNs = delayMs * MS;
    link.jitterNs = jitterMs * MS;
    link.loss = lossPercent / 100.0;
    for (int i = 0; i < SECONDS * FRAMES_PER_SECOND; i++) {
      write();
    }
    link.runFor(2_000 * MS);
  }

  private double deliveredShare() {
    return (double) link.b.heard.get(MediaKind.VIDEO).frames.size() / written;
  }

  /** How long the picture stood still in excess of what one retransmission takes. */
  private double frozenShare(long roundNs) {
    List<Long> times = link.b.heard.get(MediaKind.VIDEO).frameTimesNs;
    long sumNs = 0;
    for (int i = 1; i < times.size(); i++) {
      sumNs += Math.max(0, times.get(i) - times.get(i - 1) - roundNs - 2 * FRAME_NS);
    }
    return (double) sumNs / (times.get(times.size() - 1) - times.get(0));
  }

  private long longestPauseNs() {
    List<Long> times = link.b.heard.get(MediaKind.VIDEO).frameTimesNs;
    long longestNs = 0;
    for (int i = 1; i < times.size(); i++) {
      longestNs = Math.max(longestNs, times.get(i) - times.get(i - 1));
    }
    return longestNs;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 50, 0",
    "1, 50, 0",
    "2, 50, 0",
    "5, 50, 0",
    "2, 50, 20",
    "5, 50, 20",
    "1, 150, 0",
    "2, 150, 0",
    "5, 150, 0",
    "5, 100, 30"
  })
  void upToATwentiethLostCostsTimeButNoFrames(int lossPercent, int delayMs, int jitterMs) {
    talk(lossPercent, delayMs, jitterMs);
    long roundNs = (2L * (delayMs + jitterMs) + TURNS_MS) * MS;
    assertThat(deliveredShare()).isGreaterThan(0.995);
    assertThat(keyFrames).isEqualTo(1);
    assertThat(frozenShare(roundNs)).isLessThan(0.1);
    assertThat(longestPauseNs()).isLessThanOrEqualTo(5 * roundNs);
  }

  /** The few losses that six rounds do not mend take a key frame, and what is between. */
  @ParameterizedTest
  @CsvSource({"10, 50, 0", "10, 50, 20", "10, 100, 30", "10, 150, 0"})
  void whereATenthIsLostMostFramesCome(int lossPercent, int delayMs, int jitterMs) {
    talk(lossPercent, delayMs, jitterMs);
    long roundNs = (2L * (delayMs + jitterMs) + TURNS_MS) * MS;
    assertThat(deliveredShare()).isGreaterThan(0.9);
    assertThat(frozenShare(roundNs)).isLessThan(0.2);
    assertThat(longestPauseNs()).isLessThanOrEqualTo(8 * roundNs);
  }
}
