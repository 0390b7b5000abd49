package org.purertc.samples.inspect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.MediaStream;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.RTCStats;
import org.purertc.RTCStatsReport;
import org.purertc.RTCTrackEvent;
import org.purertc.samples.web.ChannelEcho;
import org.purertc.samples.web.Visit;

/**
 * Sends tracks and messages back as they came. To a visitor that asks for this end's {@value #VIEW}
 * it tells each event, and each second its statistics, over the WebSocket.
 */
final class ObservedPeer implements AutoCloseable {
  private static final String VIEW = "view";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Visit visit;
  private final RTCPeerConnection peer;
  private final boolean watched;
  private final @Nullable Future<?> reporting;

  ObservedPeer(Visit visit, ScheduledExecutorService reports) {
    this.visit = visit;
    watched = visit.asksFor(VIEW);
    peer = visit.peer();
    peer.onTrack(this::echo);
    peer.onDataChannel(this::accept);
    peer.onSignalingStateChange(state -> tell("signaling", state));
    peer.onIceGatheringStateChange(state -> tell("gathering", state));
    peer.onIceConnectionStateChange(state -> tell("ice", state));
    reporting =
        watched ? reports.scheduleAtFixedRate(this::tellStatistics, 1, 1, TimeUnit.SECONDS) : null;
  }

  /** Of the connection as a whole, which the visit listens to. */
  void onState(RTCPeerConnectionState state) {
    tell("connection", state);
  }

  /** The transceiver that the visitor's offer made has no track yet: it takes this one. */
  private void echo(RTCTrackEvent event) {
    tell("track", event.track().kind());
    peer.addTrack(event.track(), event.streams().toArray(new MediaStream[0]));
  }

  private void accept(RTCDataChannel channel) {
    tell("channel", channel.label());
    ChannelEcho.on(channel);
  }

  private void tellStatistics() {
    var unused = peer.getStats().thenAccept(report -> visit.tell(statistics(report)));
  }

  private static ObjectNode statistics(RTCStatsReport report) {
    ObjectNode node = JSON.createObjectNode().put("type", "statistics");
    ArrayNode all = node.putArray("statistics");
    for (RTCStats each : report.values()) {
      ObjectNode entry = all.addObject();
      entry.put("type", each.type()).put("id", each.id());
      entry.put("timestamp", each.timestamp().toEpochMilli());
      each.values().forEach((name, value) -> entry.set(name, JSON.valueToTree(value)));
    }
    return node;
  }

  private void tell(String event, Object value) {
    if (watched) {
      visit.tell(
          JSON.createObjectNode()
              .put("type", "event")
              .put("event", event)
              .put("value", "" + value));
    }
  }

  @Override
  public void close() {
    if (reporting != null) {
      reporting.cancel(false);
    }
    peer.close();
  }
}
