package org.purertc.samples.echo;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.MediaStream;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelState;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCTrackEvent;

/**
 * Sends every track back as it came: encoded, so that nothing is decoded here. On the visitor's
 * data channel {@code stats} it tells each second what this end counted.
 */
final class EchoPeer implements AutoCloseable {
  private static final String STATS_LABEL = "stats";

  private final RTCPeerConnection peer;
  private final ScheduledExecutorService reports;
  private @Nullable Future<?> reporting;

  EchoPeer(RTCPeerConnection peer, ScheduledExecutorService reports) {
    this.peer = peer;
    this.reports = reports;
    peer.onTrack(this::echo);
    peer.onDataChannel(this::accept);
  }

  /** The transceiver that the visitor's offer made has no track yet: it takes this one. */
  private void echo(RTCTrackEvent event) {
    peer.addTrack(event.track(), event.streams().toArray(new MediaStream[0]));
  }

  private synchronized void accept(RTCDataChannel channel) {
    if (channel.label().equals(STATS_LABEL) && reporting == null) {
      EchoStatistics statistics = new EchoStatistics();
      reporting =
          reports.scheduleAtFixedRate(() -> report(channel, statistics), 1, 1, TimeUnit.SECONDS);
    }
  }

  private void report(RTCDataChannel channel, EchoStatistics statistics) {
    if (channel.readyState() == RTCDataChannelState.OPEN) {
      var unused =
          peer.getStats()
              .thenAccept(
                  report -> channel.send(statistics.next(report, System.nanoTime()).toString()));
    }
  }

  @Override
  public synchronized void close() {
    if (reporting != null) {
      reporting.cancel(false);
    }
    peer.close();
  }
}
