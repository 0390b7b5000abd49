package org.purertc.internal.peer;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.CandidatePair;

/** Tells which pair carries each transport, when that has changed. Loop thread only. */
final class PathReports {
  private final Transports transports;
  private final PeerListener listener;
  private @Nullable Report[] reports = new Report[1];

  private record Report(@Nullable CandidatePair pair, PathSnapshot snapshot) {}

  PathReports(Transports transports, PeerListener listener) {
    this.transports = transports;
    this.listener = listener;
  }

  /** Whether the transport had a pair already. */
  boolean isKnown(int transport) {
    Report report = transport < reports.length ? reports[transport] : null;
    return report != null && report.pair() != null;
  }

  void publish() {
    for (int index = 0; index < transports.limit(); index++) {
      TransportSession transport = transports.find(index);
      if (transport != null) {
        publish(index, transport);
      }
    }
  }

  private void publish(int index, TransportSession transport) {
    if (index >= reports.length) {
      reports = Arrays.copyOf(reports, index + 1);
    }
    CandidatePair selected = transport.selectedPair();
    Report before = reports[index];
    boolean same =
        before != null
            && Objects.equals(selected, before.pair())
            && before.snapshot().role() == transport.iceRole()
            && before.snapshot().roundTripNs() == transport.roundTripNs();
    if (!same) {
      PathSnapshot now =
          new PathSnapshot(
              transport.iceRole(),
              selected == null ? null : CandidateText.of(selected.local()),
              selected == null ? null : selected.local().server(),
              selected == null ? null : CandidateText.of(selected.remote()),
              transport.roundTripNs());
      reports[index] = new Report(selected, now);
      listener.onPath(index, now);
    }
  }
}
