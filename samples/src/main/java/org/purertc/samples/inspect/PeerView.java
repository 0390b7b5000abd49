package org.purertc.samples.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCStats;
import org.purertc.RTCStatsReport;

/** What this end sees of a connection, as JSON for the inspector, docs/pages.md. */
public final class PeerView {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RTCPeerConnection peer;
  private final Consumer<JsonNode> out;

  /**
   * Tells of signalling, gathering and ICE from now on; takes those handlers of {@code peer}.
   *
   * @param out called on the thread of the peer's handlers, and by whoever calls this
   */
  public PeerView(RTCPeerConnection peer, Consumer<JsonNode> out) {
    this.peer = peer;
    this.out = out;
    peer.onSignalingStateChange(state -> tell("signaling", state));
    peer.onIceGatheringStateChange(state -> tell("gathering", state));
    peer.onIceConnectionStateChange(state -> tell("ice", state));
  }

  /** Something else that happens at this end. */
  public void tell(String event, Object value) {
    out.accept(
        JSON.createObjectNode().put("type", "event").put("event", event).put("value", "" + value));
  }

  /** All states, for who has not seen them change. */
  public void tellStates() {
    tell("signaling", peer.signalingState());
    tell("gathering", peer.iceGatheringState());
    tell("ice", peer.iceConnectionState());
    tell("connection", peer.connectionState());
  }

  /** Once, as soon as the peer has put them together. */
  public void tellStatistics() {
    var unused = peer.getStats().thenAccept(report -> out.accept(statistics(report)));
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
}
