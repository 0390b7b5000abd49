package org.purertc.samples.join;

import java.util.function.Consumer;
import org.purertc.MediaStream;
import org.purertc.RTCDataChannel;
import org.purertc.RTCException;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCTrackEvent;
import org.purertc.samples.signaling.mesh.MeshPeer;

/** The peer for one other member: tracks and messages go back as they came. */
final class EchoingMember implements MeshPeer {
  private final String name;
  private final RTCPeerConnection peer;
  private final Consumer<String> report;

  EchoingMember(String name, RTCPeerConnection peer, Consumer<String> report) {
    this.name = name;
    this.peer = peer;
    this.report = report;
    peer.onTrack(this::echo);
    peer.onDataChannel(this::echo);
    peer.onConnectionStateChange(state -> report.accept("connection to " + name + ": " + state));
  }

  /** The transceiver that the other side's offer made has no track yet: it takes this one. */
  private void echo(RTCTrackEvent event) {
    report.accept(name + " sends " + event.track().kind());
    peer.addTrack(event.track(), event.streams().toArray(new MediaStream[0]));
  }

  private void echo(RTCDataChannel channel) {
    channel.onMessage(message -> echo(channel, message));
  }

  private static void echo(RTCDataChannel channel, RTCMessage message) {
    try {
      if (message.isText()) {
        channel.send(message.text());
      } else {
        channel.send(message.bytes());
      }
    } catch (RTCException e) {
      // The other side sends and does not read, or has just gone.
      channel.close();
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
