package org.purertc.samples.share;

import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.signaling.mesh.MeshPeer;
import org.purertc.samples.signaling.mesh.MeshProgram;
import org.purertc.samples.signaling.protocol.Member;
import org.purertc.samples.terminal.Reporter;

/** Offers in a room: opens a channel for files to each other member, as the call page does. */
final class RoomOffer implements MeshProgram {
  private final ShareOffer offer;
  private final Reporter reporter;

  RoomOffer(ShareOffer offer, Reporter reporter) {
    this.offer = offer;
    this.reporter = reporter;
  }

  @Override
  public MeshPeer meet(Member member, RTCPeerConnection peer) {
    reporter.stage(member.name() + " is in the room");
    DataOnly.on(peer);
    Delivery delivery = offer.arrived(peer, () -> {});
    peer.onConnectionStateChange(
        state -> {
          if (state == RTCPeerConnectionState.CONNECTED) {
            delivery.open();
          }
          offer.onState(peer, state);
        });
    return new Receiving(member.name(), peer, delivery);
  }

  private final class Receiving implements MeshPeer {
    private final String name;
    private final RTCPeerConnection peer;
    private final Delivery delivery;

    Receiving(String name, RTCPeerConnection peer, Delivery delivery) {
      this.name = name;
      this.peer = peer;
      this.delivery = delivery;
    }

    @Override
    public void onLeft() {
      offer.left(peer);
    }

    @Override
    public void onPresence(boolean connected) {
      if (delivery.isAdmitted()) {
        delivery.onPresence(connected);
      }
    }

    @Override
    public void onProblem(String reason) {
      reporter.stage(name + ": " + reason);
    }
  }

  @Override
  public void onInterrupted(String reason) {
    reporter.stage("signalling is interrupted: " + reason);
  }

  @Override
  public void onClosed(String reason) {
    offer.noMoreVisitors("the room is closed to this sender: " + reason);
  }
}
