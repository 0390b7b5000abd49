package org.purertc.internal.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.rtp.PacketExtensions;

/** How soon the picture moves again after a loss, in virtual time. */
class PictureBackTest {
  private static final long MS = MediaLink.MS;
  private static final int FRAME_MS = 20;
  private static final int DELAY_MS = 50;
  private static final int ROUND_TRIP_MS = 2 * DELAY_MS;

  /** The pacer and timers of whole milliseconds. */
  private static final int TURN_MS = 10;

  private MediaLink link = new MediaLink(1);
  private final List<Long> writtenNs = new ArrayList<>();
  private final List<Long> lossRequestsNs = new ArrayList<>();
  private int keyFramesGiven;

  private void write() {
    int asked = link.a.heard.get(MediaKind.VIDEO).keyFrameRequestsNs.size();
    boolean key = writtenNs.isEmpty() || asked > keyFramesGiven;
    keyFramesGiven = asked;
    byte[] frame = new byte[1_800];
    frame[0] = (byte) (key ? 0x10 : 0x11);
    if (key) {
      frame[3] = (byte) 0x9d;
      frame[4] = 0x01;
      frame[5] = 0x2a;
    }
    long timestampUs = 1_000L * FRAME_MS * writtenNs.size();
    writtenNs.add(link.nowNs());
    link.a.send(
        MediaKind.VIDEO,
        new MediaFrame("video/VP8", frame, timestampUs, 0, key, PacketExtensions.NONE));
    link.runFor(FRAME_MS * MS);
  }

  private void write(int frames) {
    for (int i = 0; i < frames; i++) {
      write();
    }
  }

  private MediaEnd.Heard heard() {
    return link.b.heard.get(MediaKind.VIDEO);
  }

  private long lastShownNs() {
    List<Long> times = heard().frameTimesNs;
    return times.get(times.size() - 1);
  }

  private boolean isVideo(byte[] packet) {
    int ssrc =
        (packet[8] & 0xff) << 24
            | (packet[9] & 0xff) << 16
            | (packet[10] & 0xff) << 8
            | packet[11] & 0xff;
    return ssrc == (int) link.a.sending(MediaKind.VIDEO).stream().parameters().ssrc();
  }

  private void listenForRequests() {
    link.b.keepsRtcp =
        datagram -> {
          if (hasPictureLossIndication(datagram)) {
            lossRequestsNs.add(link.nowNs());
          }
          return true;
        };
  }

  /** RFC 4585 section 6.3.1, somewhere in a compound packet. */
  private static boolean hasPictureLossIndication(byte[] datagram) {
    int at = 0;
    while (at < datagram.length) {
      if ((datagram[at] & 0x1f) == 1 && (datagram[at + 1] & 0xff) == 206) {
        return true;
      }
      at += 4 + 4 * ((datagram[at + 2] & 0xff) << 8 | datagram[at + 3] & 0xff);
    }
    return false;
  }

  private void begin() {
    link.delayNs = DELAY_MS * MS;
    listenForRequests();
    write(100);
    assertThat(heard().frames).hasSizeGreaterThan(90);
    lossRequestsNs.clear();
  }

  private long longestPauseMs() {
    List<Long> times = heard().frameTimesNs;
    long longest = 0;
    for (int i = 1; i < times.size(); i++) {
      longest = Math.max(longest, times.get(i) - times.get(i - 1));
    }
    return longest / MS;
  }

  @Test
  void aRetransmissionBringsItWithinARoundTripAndAFrame() {
    begin();
    int[] left = {1};
    link.a.keepsRtp = packet -> !isVideo(packet) || left[0]-- <= 0;
    write(50);
    assertThat(longestPauseMs()).isBetween(100L, (long) ROUND_TRIP_MS + FRAME_MS + TURN_MS);
    assertThat(lossRequestsNs).isEmpty();
    link.runFor(ROUND_TRIP_MS * MS);
    assertThat(heard().frames).hasSize(writtenNs.size());
  }

  @Test
  void whereNoRetransmissionComesAKeyFrameBringsItWithinARoundTripAndAFrame() {
    begin();
    Predicate<byte[]> none = packet -> false;
    link.a.keepsRtp = none;
    write(2);
    // What is asked for again never comes.
    link.a.keepsRtp = this::isVideo;
    while (lossRequestsNs.isEmpty()) {
      write();
    }
    long askedNs = lossRequestsNs.get(0);
    int before = heard().frames.size();
    while (heard().frames.size() == before) {
      write();
    }
    assertThat(heard().frames.get(before).keyFrame()).isTrue();
    assertThat((heard().frameTimesNs.get(before) - askedNs) / MS)
        .isLessThanOrEqualTo(ROUND_TRIP_MS + FRAME_MS + TURN_MS);
    write(50);
    assertThat(link.nowNs() - lastShownNs()).isLessThanOrEqualTo((DELAY_MS + FRAME_MS) * MS);
  }

  /** Nobody waits for what will not be sent again: only as long as a packet may be late. */
  @Test
  void whereNoneWasNegotiatedAKeyFrameIsAskedForAfter100Ms() {
    link = new MediaLink(1, offer -> offer.replaceAll("a=rtcp-fb:\\d+ nack\r\n", ""));
    begin();
    int[] left = {1};
    link.a.keepsRtp = packet -> !isVideo(packet) || left[0]-- <= 0;
    write(50);
    assertThat(lossRequestsNs).hasSize(1);
    assertThat(link.b.number("inbound-rtp", MediaKind.VIDEO, "nackCount")).isZero();
    assertThat(longestPauseMs())
        .isBetween(100L, (long) 100 + ROUND_TRIP_MS + 2 * FRAME_MS + TURN_MS);
    assertThat(link.nowNs() - lastShownNs()).isLessThanOrEqualTo((DELAY_MS + FRAME_MS) * MS);
  }

  @Test
  void aKeyFrameThatIsLostIsAskedForAgainAfter300Ms() {
    begin();
    link.a.keepsRtp = packet -> false;
    write(1);
    // Only the first packet of each frame gets there: none is ever whole.
    boolean[] odd = {false};
    link.a.keepsRtp = packet -> isVideo(packet) && (odd[0] = !odd[0]);
    write(150);
    assertThat(lossRequestsNs).hasSizeGreaterThan(5);
    for (int i = 1; i < lossRequestsNs.size(); i++) {
      assertThat((lossRequestsNs.get(i) - lossRequestsNs.get(i - 1)) / MS).isBetween(190L, 301L);
    }
    link.a.keepsRtp = packet -> true;
    long beganNs = link.nowNs();
    int before = heard().frames.size();
    while (heard().frames.size() == before) {
      write();
    }
    assertThat((heard().frameTimesNs.get(before) - beganNs) / MS)
        .isLessThanOrEqualTo(300 + ROUND_TRIP_MS + FRAME_MS + TURN_MS);
  }
}
