package org.purertc.internal.rtp.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The frames of the encoders' files, which encoded/README.md describes. */
final class EncodedVideo {
  private EncodedVideo() {}

  /** Each access unit begins with a delimiter, H.264 section 7.3.2.4. */
  static List<byte[]> h264() {
    return frames("h264-320x180.h264", new byte[] {0, 0, 0, 1, 9});
  }

  /**
   * Each temporal unit begins with a delimiter, AV1 section 5.6, whose bytes the file has nowhere
   * else; it is left out.
   */
  static List<byte[]> av1() {
    return frames("av1-320x180.obu", new byte[] {0x12, 0}).stream()
        .map(frame -> Arrays.copyOfRange(frame, 2, frame.length))
        .toList();
  }

  /**
   * The same frames as another implementation's payloads, RFC 4571 section 2 around each packet.
   */
  static List<List<byte[]>> h264Payloads() {
    List<List<byte[]>> frames = new ArrayList<>();
    List<byte[]> frame = new ArrayList<>();
    byte[] packets = read("h264-320x180.rtp");
    for (int at = 0; at < packets.length; ) {
      int begin = at + 2;
      at = begin + ((packets[at] & 0xff) << 8 | packets[at + 1] & 0xff);
      frame.add(Arrays.copyOfRange(packets, begin + 12, at));
      if (packets[begin + 1] < 0) { // marker
        frames.add(frame);
        frame = new ArrayList<>();
      }
    }
    return frames;
  }

  private static List<byte[]> frames(String file, byte[] delimiter) {
    byte[] stream = read(file);
    List<byte[]> frames = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= stream.length; i++) {
      if (i == stream.length || isAt(stream, i, delimiter)) {
        frames.add(Arrays.copyOfRange(stream, begin, i));
        begin = i;
      }
    }
    return frames;
  }

  private static boolean isAt(byte[] stream, int at, byte[] what) {
    return at + what.length <= stream.length
        && Arrays.equals(stream, at, at + what.length, what, 0, what.length);
  }

  private static byte[] read(String file) {
    try (InputStream in =
        Objects.requireNonNull(EncodedVideo.class.getResourceAsStream("/encoded/" + file), file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
