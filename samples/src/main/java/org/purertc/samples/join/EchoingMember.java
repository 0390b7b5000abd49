package org.purertc.samples.join;

import java.util.function.Consumer;
import org.purertc.MediaStream;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.RTCTrackEvent;
import org.purertc.samples.signaling.mesh.MeshPeer;
import org.purertc.samples.web.ChannelEcho;

/**
 * The peer for one other member: tracks and messages go back as they came, and what this end sees
 * is told if the member asks.
 */
final class EchoingMember implements MeshPeer {
  private final String name;
  private final RTCPeerConnection peer;
  private final Consumer<String> report;
  private final Viewer viewer;

  EchoingMember(String name, RTCPeerConnection peer, Consumer<String> report) {
    this.name = name;
    this.peer = peer;
    this.report = report;
    peer.onTrack(this::echo);
    peer.onDataChannel(this::accept);
    peer.onConnectionStateChange(this::stateChanged);
    viewer = new Viewer(peer);
  }

  private void stateChanged(RTCPeerConnectionState state) {
    report.accept("connection to " + name + ": " + state);
    viewer.onState(state);
  }

  /** The transceiver that the other side's offer made has no track yet: it takes this one. */
  private void echo(RTCTrackEvent event) {
    report.accept(name + " sends " + event.track().kind());
    peer.addTrack(event.track(), event.streams().toArray(new MediaStream[0]));
  }

  private void accept(RTCDataChannel channel) {
    if (channel.protocol().equals(Viewer.PROTOCOL)) {
      viewer.open(channel);
    } else {
      ChannelEcho.on(channel);
    }
  }

  @Override
  public void onProblem(String reason) {
    report.accept("no connection to " + name + ": " + reason);
  }

  @Override
  public void onLeft() {
    report.accept(name + " left");
    peer.close();
  }
}
