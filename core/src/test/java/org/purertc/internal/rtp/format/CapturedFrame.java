package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
      byte[] payload = packet.payload();
      if (packet.payloadType() == payloadType && payload.length > 0) {
        List<CapturedFrame> frames =
            streams.computeIfAbsent(packet.ssrc(), ssrc -> new ArrayList<>());
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
    int timestamp = packet.timestamp();
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
}
