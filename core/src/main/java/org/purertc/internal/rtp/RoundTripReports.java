package org.purertc.internal.rtp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.purertc.internal.rtp.rtcp.ExtendedReports;
import org.purertc.internal.rtp.rtcp.RtcpPacket;

/**
 * How a receiver that sends nothing learns the round trip, RFC 3611 sections 4.4 and 4.5: it says
 * what time it is (RRTR), the sender says how long ago it heard that (DLRR).
 */
final class RoundTripReports {
  /** Receivers that wait for an answer; those heard first give way. */
  static final int MAX_REFERENCES = 16;

  /** In units of 1/65536 s: longer ones are the product of a wrong report. */
  private static final int MAX_ROUND_TRIP = 30 << 16;

  /** In units of 1/65536 s: one second. */
  private static final int MAX_CLOCK_ERROR = 1 << 16;

  private final NtpClock clock;
  private final Map<Long, Reference> references = new LinkedHashMap<>();
  private long lastAskedSsrc = -1;

  /**
   * What time it was at a receiver.
   *
   * @param time middle 32 bits of its NTP timestamp
   */
  private record Reference(long time, long arrivalNs) {}

  RoundTripReports(NtpClock clock) {
    this.clock = clock;
  }

  /** A receiver says what time it is. */
  void onReferenceTime(ExtendedReports reports, long nowNs) {
    references.remove(reports.ssrc());
    if (references.size() == MAX_REFERENCES) {
      references.remove(references.keySet().iterator().next());
    }
    references.put(reports.ssrc(), new Reference(NtpClock.middle(reports.referenceTime()), nowNs));
  }

  /**
   * The round trip that an answer tells.
   *
   * @return -1 when it is none, or none to us
   */
  long roundTripNs(ExtendedReports reports, long nowNs) {
    for (ExtendedReports.Delay delay : reports.delays()) {
      if (delay.ssrc() == lastAskedSsrc && delay.lastReferenceTime() != 0) {
        long arrival = NtpClock.middle(clock.at(nowNs));
        int units = (int) (arrival - delay.lastReferenceTime() - delay.delay());
        // Clocks of different rates may bring it a little below zero on a short path.
        boolean isPossible = units >= -MAX_CLOCK_ERROR && units <= MAX_ROUND_TRIP;
        return isPossible ? NtpClock.middleToNs(Math.max(units, 1)) : -1;
      }
    }
    return -1;
  }

  /** What goes with the regular reports. */
  List<RtcpPacket> compose(List<SendStream> sending, long localSsrc, long nowNs) {
    List<RtcpPacket> reports = new ArrayList<>();
    for (SendStream stream : sending) {
      if (stream.isSending() && !references.isEmpty()) {
        reports.add(new ExtendedReports(stream.parameters().ssrc(), 0, delays(nowNs)));
      }
    }
    if (!reports.isEmpty()) {
      references.clear(); // each is answered once
    }
    if (sending.stream().noneMatch(SendStream::isSending)) {
      reports.add(ask(localSsrc, nowNs));
    }
    return reports;
  }

  /** A sender knows the round trip by its own reports. */
  private ExtendedReports ask(long localSsrc, long nowNs) {
    lastAskedSsrc = localSsrc;
    List<ExtendedReports.Delay> delays = delays(nowNs);
    references.clear();
    return new ExtendedReports(localSsrc, clock.at(nowNs), delays);
  }

  private List<ExtendedReports.Delay> delays(long nowNs) {
    List<ExtendedReports.Delay> delays = new ArrayList<>();
    references.forEach(
        (ssrc, reference) -> {
          long units = NtpClock.nsToMiddle(nowNs - reference.arrivalNs());
          delays.add(new ExtendedReports.Delay(ssrc, reference.time(), units));
        });
    return delays;
  }
}
