package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/** Frames of one track: what was written, and what came out at the other end. */
final class MediaFlow {
  static final int FRAME_MS = 20;

  final EncodedMediaSource source;
  final List<EncodedFrame> written = new ArrayList<>();
  final List<EncodedFrame> received = new ArrayList<>();
  final List<FrameGap> gaps = new ArrayList<>();

  /** When each frame came, in virtual time. */
  final List<Long> receivedAtNs = new ArrayList<>();

  private LongSupplier clock = () -> 0;
  private final Random random;
  private boolean keyFrameWanted = true;

  MediaFlow(EncodedMediaSource source, long seed) {
    this.source = source;
    random = new Random(seed);
    source.onKeyFrameRequest(() -> keyFrameWanted = true);
  }

  void receive(EncodedFrame frame) {
    received.add(frame);
    receivedAtNs.add(clock.getAsLong());
  }

  /** Takes the time of arrivals from there. */
  MediaFlow clock(LongSupplier virtualNs) {
    clock = virtualNs;
    return this;
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

  /** The frame as it was written; all differ. */
  EncodedFrame writtenAs(EncodedFrame frame) {
    return written.stream()
        .filter(each -> Arrays.equals(each.data(), frame.data()))
        .findFirst()
        .orElseThrow();
  }

  /** How long the last frames were under way until they came out, in the middle. */
  long recentDelayMs() {
    List<Long> delays = new ArrayList<>();
    for (int i = Math.max(0, received.size() - 25); i < received.size(); i++) {
      long writtenUs = writtenAs(received.get(i)).timestampUs();
      delays.add(receivedAtNs.get(i) / 1_000_000 - writtenUs / 1_000);
    }
    Collections.sort(delays);
    return delays.get(delays.size() / 2);
  }

  List<EncodedFrame> lastWritten(int count) {
    return written.subList(written.size() - Math.min(count, written.size()), written.size());
  }

  void assertReceivedInOrder(String seed) {
    int at = 0;
    for (EncodedFrame frame : received) {
      while (at < written.size() && !Arrays.equals(written.get(at).data(), frame.data())) {
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
