package org.purertc.internal.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.rtp.NtpClock;
import org.purertc.internal.rtp.PacketExtensions;

/**
 * A call in which every counter wraps: RTP sequence numbers of 16 bits and with them SRTP's
 * rollover counter, timestamps of 32, transport-wide sequence numbers of 16, the reference time of
 * their feedback of 24, its count of 8, absolute send times of 24, the NTP seconds of 32, VP8's
 * picture ids of 15. Nothing is lost by it, and the statistics go on.
 */
class WrapTest {
  private static final long MS = MediaLink.MS;

  /** More than a cycle of the transport-wide numbers, which begin at 0. */
  private static final int FRAMES = 70_000;

  private static final int FRAMES_PER_AUDIO = 20;

  /** The reference time of transport-wide feedback: 2^23 units of 64 ms, signed. */
  private static final long REFERENCE_WRAP_NS = (1L << 23) * 64 * MS;

  private final List<MediaFrame> video = new ArrayList<>();
  private final List<MediaFrame> audio = new ArrayList<>();
  private final Random content = new Random(1);

  /** The last sequence number of the lower half, and the last timestamp; picture id too. */
  private static MediaLink link(long seed) {
    long startNs = REFERENCE_WRAP_NS - 30_000 * MS;
    NtpClock clock = new NtpClock(0xffff_ffe0_0000_0000L, startNs);
    Random times = new Random(seed);
    RandomGenerator highest =
        new RandomGenerator() {
          @Override
          public int nextInt() {
            return ~0;
          }

          @Override
          public long nextLong() {
            return times.nextLong();
          }
        };
    return new MediaLink(seed, clock, highest, startNs);
  }

  private MediaFrame video(int index) {
    byte[] frame = new byte[40];
    content.nextBytes(frame);
    frame[0] = (byte) (index == 0 ? 0x10 : 0x11);
    if (index == 0) {
      byte[] start = {(byte) 0x9d, 0x01, 0x2a, 0x40, 0x01, (byte) 0xf0, 0x00};
      System.arraycopy(start, 0, frame, 3, start.length);
    }
    return new MediaFrame("video/VP8", frame, index * 1_000L, 0, index == 0, PacketExtensions.NONE);
  }

  private MediaFrame audio(int index) {
    byte[] frame = new byte[40];
    content.nextBytes(frame);
    frame[0] = (byte) (31 << 3);
    return new MediaFrame("audio/opus", frame, index * 1_000L, 20_000, true, PacketExtensions.NONE);
  }

  private void talk(MediaLink link) {
    for (int i = 0; i < FRAMES; i++) {
      MediaFrame frame = video(i);
      video.add(frame);
      link.a.send(MediaKind.VIDEO, frame);
      if (i % FRAMES_PER_AUDIO == 0) {
        MediaFrame sound = audio(i);
        audio.add(sound);
        link.a.send(MediaKind.AUDIO, sound);
      }
      link.runFor(MS);
    }
    link.runFor(3_000 * MS);
  }

  private static List<List<Byte>> data(List<MediaFrame> frames) {
    List<List<Byte>> all = new ArrayList<>();
    for (MediaFrame frame : frames) {
      List<Byte> bytes = new ArrayList<>();
      for (byte each : frame.data()) {
        bytes.add(each);
      }
      all.add(bytes);
    }
    return all;
  }

  private static void assertEven(List<MediaFrame> received, long stepUs) {
    for (int i = 1; i < received.size(); i++) {
      assertThat(received.get(i).timestampUs() - received.get(i - 1).timestampUs())
          .as("frame %d", i)
          .isBetween(stepUs - 12, stepUs + 12);
    }
  }

  @Test
  void nothingIsLostAndTheStatisticsGoOn() {
    MediaLink link = link(1);
    link.delayNs = 20 * MS;
    talk(link);
    MediaEnd.Heard heard = link.b.heard.get(MediaKind.VIDEO);
    assertThat(data(heard.frames)).isEqualTo(data(video));
    assertThat(data(link.b.heard.get(MediaKind.AUDIO).frames)).isEqualTo(data(audio));
    assertEven(heard.frames, 1_000);
    assertEven(link.b.heard.get(MediaKind.AUDIO).frames, 20_000);
    assertThat(link.b.heard.get(MediaKind.AUDIO).gaps).isZero();
    assertThat(link.a.number("outbound-rtp", MediaKind.VIDEO, "pliCount")).isZero();
    assertThat(link.a.rejected + link.b.rejected).isZero();
    assertThat(link.b.number("inbound-rtp", MediaKind.VIDEO, "packetsLost")).isZero();
    assertThat(link.b.number("inbound-rtp", MediaKind.VIDEO, "packetsDiscarded")).isZero();
    assertThat(link.b.number("inbound-rtp", MediaKind.VIDEO, "nackCount")).isZero();
    long sent = link.a.number("outbound-rtp", MediaKind.VIDEO, "packetsSent");
    long again = link.a.number("outbound-rtp", MediaKind.VIDEO, "retransmittedPacketsSent");
    assertThat(sent - again).isGreaterThanOrEqualTo(FRAMES);
    assertThat(link.b.number("inbound-rtp", MediaKind.VIDEO, "packetsReceived")).isEqualTo(sent);
    assertThat(link.a.number("remote-inbound-rtp", MediaKind.VIDEO, "packetsReceived"))
        .isBetween((long) FRAMES - 1, (long) FRAMES);
    assertThat(link.a.number("remote-inbound-rtp", MediaKind.VIDEO, "packetsLost")).isZero();
    double roundTrip =
        (Double) link.a.stats("remote-inbound-rtp", MediaKind.VIDEO).values().get("roundTripTime");
    assertThat(roundTrip).isBetween(0.039, 0.042);
    assertThat(link.a.heard.get(MediaKind.VIDEO).targetBitsPerSecond).isGreaterThan(500_000);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4})
  void lossIsMadeUpForAcrossTheWraps(long seed) {
    MediaLink link = link(seed);
    link.delayNs = 15 * MS;
    link.jitterNs = 4 * MS; // packets overtake one another
    link.loss = 0.02;
    talk(link);
    MediaEnd.Heard heard = link.b.heard.get(MediaKind.VIDEO);
    assertThat(heard.frames.size()).as("seed %d", seed).isGreaterThan(FRAMES * 999 / 1_000);
    int at = 0;
    for (MediaFrame frame : heard.frames) {
      while (!Arrays.equals(video.get(at).data(), frame.data())) {
        at++;
      }
    }
    assertThat(heard.frames).extracting(MediaFrame::timestampUs).isSortedAccordingTo(Long::compare);
    assertThat(link.a.rejected + link.b.rejected).isZero();
    double lost = link.b.number("inbound-rtp", MediaKind.VIDEO, "packetsLost");
    assertThat(lost / FRAMES).isBetween(0.015, 0.025);
    assertThat(link.b.number("inbound-rtp", MediaKind.VIDEO, "framesDecoded"))
        .isEqualTo(heard.frames.size());
  }
}
