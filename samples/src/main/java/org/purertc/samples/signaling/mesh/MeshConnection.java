package org.purertc.samples.signaling.mesh;

import java.util.function.Consumer;
import java.util.function.Function;
import org.purertc.RTCDataChannelInit;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSessionDescription;
import org.purertc.samples.signaling.PerfectNegotiation;
import org.purertc.samples.signaling.SignalingMessage;

/** The connection to one other member. */
final class MeshConnection implements PerfectNegotiation.Signaling {
  /** Of a channel that nothing is sent on; far from the numbers that other channels get. */
  private static final int UNUSED_CHANNEL = 100;

  private final Consumer<SignalingMessage> out;
  private final PerfectNegotiation negotiation;
  private final MeshPeer user;

  /**
   * @param polite whether the other one was there first; then this side also begins
   * @param program is given the peer before anything is sent
   */
  MeshConnection(
      RTCPeerConnection peer,
      boolean polite,
      Consumer<SignalingMessage> out,
      Function<RTCPeerConnection, MeshPeer> program) {
    this.out = out;
    negotiation = new PerfectNegotiation(peer, polite, this);
    user = program.apply(peer);
    if (polite) {
      // Something to make an offer of.
      peer.createDataChannel("", RTCDataChannelInit.DEFAULT.withNegotiatedId(UNUSED_CHANNEL));
    }
  }

  void receive(SignalingMessage message) {
    if (message instanceof SignalingMessage.Description it) {
      negotiation.receive(it.description());
    } else if (message instanceof SignalingMessage.Candidate it) {
      negotiation.receive(it.candidate());
    } else if (message instanceof SignalingMessage.Failure it) {
      user.onProblem(it.reason());
    }
  }

  void onPresence(boolean connected) {
    user.onPresence(connected);
  }

  void onProblem(String reason) {
    user.onProblem(reason);
  }

  void onLeft() {
    user.onLeft();
  }

  @Override
  public void send(RTCSessionDescription description) {
    out.accept(new SignalingMessage.Description(description));
  }

  @Override
  public void send(RTCIceCandidate candidate) {
    out.accept(new SignalingMessage.Candidate(candidate));
  }

  @Override
  public void failed(Throwable reason) {
    user.onProblem("negotiation: " + reason.getMessage());
  }
}
