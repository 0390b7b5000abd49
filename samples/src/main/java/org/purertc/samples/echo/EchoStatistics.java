package org.purertc.samples.echo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import org.purertc.RTCStats;
import org.purertc.RTCStatsReport;

/** What happened from one report to the next, as the page plots it. */
final class EchoStatistics {
  private static final ObjectMapper JSON = new ObjectMapper();

  private long receivedBytes;
  private long sentBytes;
  private long receivedPackets;
  private long lostPackets;
  private double lastMs;

  /**
   * What is not known is left out.
   *
   * @param nowNs on the clock of {@link System#nanoTime}
   */
  ObjectNode next(RTCStatsReport report, long nowNs) {
    List<RTCStats> inbound = report.ofType("inbound-rtp");
    List<RTCStats> outbound = report.ofType("outbound-rtp");
    List<RTCStats> remote = report.ofType("remote-inbound-rtp");
    double nowMs = inbound.isEmpty() ? 0 : inbound.get(0).timestamp().toEpochMilli();
    double seconds = Math.max(0.001, (nowMs - lastMs) / 1e3);
    long received = sum(inbound, "bytesReceived");
    long sent = sum(outbound, "bytesSent");
    long packets = sum(inbound, "packetsReceived");
    long lost = sum(inbound, "packetsLost");
    ObjectNode node = JSON.createObjectNode();
    node.put("tNs", nowNs);
    if (lastMs != 0) {
      node.put("bitrateIn", Math.round(8 * (received - receivedBytes) / seconds));
      node.put("bitrateOut", Math.round(8 * (sent - sentBytes) / seconds));
      node.put("lossIn", share(lost - lostPackets, packets - receivedPackets));
    }
    max(remote, "fractionLost").ifPresent(it -> node.put("lossOut", it));
    max(remote, "roundTripTime").ifPresent(it -> node.put("rttMs", 1e3 * it));
    max(inbound, "jitter").ifPresent(it -> node.put("jitterMs", 1e3 * it));
    receivedBytes = received;
    sentBytes = sent;
    receivedPackets = packets;
    lostPackets = lost;
    lastMs = nowMs;
    return node;
  }

  /** Late packets make the difference negative. */
  private static double share(long lost, long received) {
    long expected = lost + received;
    return expected <= 0 ? 0 : Math.max(0, (double) lost / expected);
  }

  private static long sum(List<RTCStats> objects, String member) {
    return objects.stream().mapToLong(each -> each.longValue(member)).sum();
  }

  /** Empty while none of them has the member, as before the first report of the other side. */
  private static OptionalDouble max(List<RTCStats> objects, String member) {
    return objects.stream()
        .filter(each -> each.get(member) != null)
        .mapToDouble(each -> each.doubleValue(member))
        .max();
  }
}
