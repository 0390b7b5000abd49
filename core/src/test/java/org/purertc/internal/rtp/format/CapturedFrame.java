package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.purertc.internal.rtp.RtpCapture;

/**
 * The payloads of one timestamp, as a browser sent them one after the other.
 *
 * @param payloads without padding, at least one
 * @param marker whether the last packet has the marker bit
 */
record CapturedFrame(int timestamp, long arrivalNs, List<byte[]> payloads, boolean marker) {

  /** The frames of one payload type, for each SSRC in the order of their sequence numbers. */
  static Map<Integer, List<CapturedFrame>> read(String capture, int payloadType) {
    Map<Integer, List<CapturedFrame>> streams = new LinkedHashMap<>();
    for (RtpCapture.Packet packet : RtpCapture.read(capture)) {
      byte[] payload = payload(packet.bytes());
      if (packet.payloadType() == payloadType && payload.length > 0) {
        List<CapturedFrame> frames =
            streams.computeIfAbsent(int32(packet.bytes(), 8), ssrc -> new ArrayList<>());
        add(frames, packet, payload);
      }
    }
    return streams;
  }

  /** Of each SSRC only the frames that the capture has in whole. */
  static List<List<CapturedFrame>> streams(String capture, int payloadType) {
    List<List<CapturedFrame>> streams = List.copyOf(read(capture, payloadType).values());
    assertThat(streams).isNotEmpty();
    streams.forEach(frames -> frames.removeIf(frame -> !frame.marker()));
    return streams;
  }

  private static void add(List<CapturedFrame> frames, RtpCapture.Packet packet, byte[] payload) {
    int timestamp = int32(packet.bytes(), 4);
    int last = frames.size() - 1;
    if (last < 0 || frames.get(last).timestamp != timestamp) {
      List<byte[]> payloads = new ArrayList<>(List.of(payload));
      frames.add(new CapturedFrame(timestamp, packet.arrivalNs(), payloads, packet.marker()));
    } else {
      CapturedFrame frame = frames.get(last);
      frame.payloads.add(payload);
      frames.set(
          last, new CapturedFrame(timestamp, frame.arrivalNs, frame.payloads, packet.marker()));
    }
  }

  /** RFC 3550 section 5.1 and section 5.3.1. */
  private static byte[] payload(byte[] packet) {
    int begin = 12 + 4 * (packet[0] & 0x0f);
    if ((packet[0] & 0x10) != 0) {
      begin += 4 + 4 * (int32(packet, begin) & 0xffff);
    }
    int padding = (packet[0] & 0x20) != 0 ? packet[packet.length - 1] & 0xff : 0;
    return Arrays.copyOfRange(packet, begin, packet.length - padding);
  }

  private static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }
}
