package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.purertc.internal.util.MalformedPacketException;

/** Frames into payloads and back, for tests of every format. */
final class Payloads {
  private Payloads() {}

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  static Depacketizer depacketizer(String mimeType) {
    return Objects.requireNonNull(PayloadFormats.depacketizer(mimeType, ""));
  }

  static VideoFrameInfo frameInfo(String mimeType, byte[] frame) throws MalformedPacketException {
    return Objects.requireNonNull(PayloadFormats.frameInfo(mimeType, frame));
  }

  static PayloadDescriptor describe(Depacketizer depacketizer, String payload)
      throws MalformedPacketException {
    byte[] bytes = hex(payload);
    return depacketizer.describe(bytes, 0, bytes.length);
  }

  /** All payloads of a frame; each has the right size, and only the last says it is the last. */
  static List<byte[]> packetize(Packetizer packetizer, byte[] frame, int maxPayloadBytes) {
    byte[] out = new byte[maxPayloadBytes + 3];
    List<byte[]> payloads = new ArrayList<>();
    packetizer.begin(frame, maxPayloadBytes);
    boolean last = false;
    for (int bytes = packetizer.next(out, 3); bytes > 0; bytes = packetizer.next(out, 3)) {
      assertThat(last).as("nothing follows the last payload").isFalse();
      assertThat(bytes).isLessThanOrEqualTo(maxPayloadBytes);
      last = packetizer.isLast();
      payloads.add(Arrays.copyOfRange(out, 3, 3 + bytes));
    }
    assertThat(last).as("the last payload says so").isTrue();
    return payloads;
  }
}
