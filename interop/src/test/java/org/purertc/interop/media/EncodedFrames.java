package org.purertc.interop.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.purertc.EncodedFrame;
import org.purertc.internal.rtp.RtpCapture;
import org.purertc.internal.rtp.format.Depacketizer;
import org.purertc.internal.rtp.format.PayloadFormats;
import org.purertc.internal.util.MalformedPacketException;

/**
 * Frames that an encoder made, to be played again and again; the first is a key frame.
 *
 * @param frameUs from one frame to the next
 */
public record EncodedFrames(
    String mimeType, long frameUs, List<byte[]> frames, Set<Integer> keyFrames) {
  private static final long VIDEO_FRAME_US = 1_000_000 / 15;
  private static final long AUDIO_FRAME_US = 20_000;

  /** A moving ball at 15 frames a second, from x264. */
  static EncodedFrames h264() {
    try (InputStream in = EncodedFrames.class.getResourceAsStream("/encoded/h264-320x180.h264")) {
      byte[] all = withLongStartCodes(Objects.requireNonNull(in).readAllBytes());
      List<byte[]> frames = new ArrayList<>();
      int begin = 0;
      for (int i = 1; i + 5 <= all.length; i++) {
        if (isAccessUnitDelimiter(all, i)) {
          frames.add(Arrays.copyOfRange(all, begin, i));
          begin = i;
        }
      }
      frames.add(Arrays.copyOfRange(all, begin, all.length));
      return video("video/H264", frames);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** RTP carries no start codes; the receiver writes those of four bytes. */
  private static byte[] withLongStartCodes(byte[] stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int zeros = 0;
    for (byte next : stream) {
      if (next == 1 && zeros == 2) {
        out.write(0);
      }
      zeros = next == 0 ? zeros + 1 : 0;
      out.write(next);
    }
    return out.toByteArray();
  }

  private static boolean isAccessUnitDelimiter(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at) == 1 && (bytes[at + 4] & 0x1f) == 9;
  }

  /** Chromium's fake camera at 15 frames a second. */
  public static EncodedFrames vp8() {
    return video("video/VP8", captured("chromium-vp8", 96, "video/VP8"));
  }

  /** Chromium's fake microphone, which beeps. */
  public static EncodedFrames opus() {
    List<byte[]> frames = captured("chromium-opus", 111, "audio/opus");
    return new EncodedFrames("audio/opus", AUDIO_FRAME_US, frames, Set.of(0));
  }

  private static EncodedFrames video(String mimeType, List<byte[]> frames) {
    Set<Integer> keyFrames = new HashSet<>();
    try {
      for (int i = 0; i < frames.size(); i++) {
        var info = PayloadFormats.frameInfo(mimeType, frames.get(i));
        if (Objects.requireNonNull(info).keyFrame()) {
          keyFrames.add(i);
        }
      }
    } catch (MalformedPacketException e) {
      throw new AssertionError(mimeType, e);
    }
    if (!keyFrames.contains(0)) {
      throw new AssertionError(mimeType + " begins without a key frame: " + keyFrames);
    }
    return new EncodedFrames(mimeType, VIDEO_FRAME_US, frames, keyFrames);
  }

  private static List<byte[]> captured(String capture, int payloadType, String mimeType) {
    Depacketizer format = Objects.requireNonNull(PayloadFormats.depacketizer(mimeType, ""));
    List<byte[]> frames = new ArrayList<>();
    List<byte[]> payloads = new ArrayList<>();
    int timestamp = 0;
    try {
      for (RtpCapture.Packet packet : RtpCapture.read(capture)) {
        if (packet.payloadType() != payloadType || packet.payload().length == 0) {
          continue;
        }
        if (!payloads.isEmpty() && packet.timestamp() != timestamp) {
          frames.add(format.join(payloads));
          payloads.clear();
        }
        timestamp = packet.timestamp();
        payloads.add(packet.payload());
      }
      frames.add(format.join(payloads));
    } catch (MalformedPacketException e) {
      throw new AssertionError(capture, e);
    }
    return frames;
  }

  /** The frame to play as the {@code n}th of all; the file begins again where it ends. */
  EncodedFrame frame(int index, long n) {
    byte[] data = frames.get(index);
    return mimeType.startsWith("audio/")
        ? EncodedFrame.audio(mimeType, data, n * frameUs, frameUs)
        : EncodedFrame.video(mimeType, data, n * frameUs, keyFrames.contains(index));
  }

  /** The first index from this one on, past the end from the first one on, with a key frame. */
  int keyFrameFrom(int index) {
    return keyFrames.stream().filter(key -> key >= index).min(Integer::compare).orElse(0);
  }

  /** Whether these are the bytes of one of them. */
  boolean contain(byte[] data) {
    return frames.stream().anyMatch(frame -> Arrays.equals(frame, data));
  }
}
