package org.purertc.samples.join;

import java.util.function.Consumer;
import org.purertc.MediaStream;
import org.purertc.RTCDataChannel;
import org.purertc.RTCException;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSessionDescription;
import org.purertc.RTCTrackEvent;
import org.purertc.samples.signaling.PerfectNegotiation;
import org.purertc.samples.signaling.SignalingMessage;

/** The peer for one other member: tracks and messages go back as they came. */
final class EchoingMember implements PerfectNegotiation.Signaling, AutoCloseable {
  private final String name;
  private final RTCPeerConnection peer;
  private final Consumer<SignalingMessage> out;
  private final Consumer<String> report;
  private final PerfectNegotiation negotiation;

  /**
   * @param polite whether the other one was there first; then this side also begins
   */
  EchoingMember(
      String name,
      RTCPeerConnection peer,
      boolean polite,
      Consumer<SignalingMessage> out,
      Consumer<String> report) {
    this.name = name;
    this.peer = peer;
    this.out = out;
    this.report = report;
    negotiation = new PerfectNegotiation(peer, polite, this);
    peer.onTrack(this::echo);
    peer.onDataChannel(this::echo);
    peer.onConnectionStateChange(state -> report.accept("connection to " + name + ": " + state));
    if (polite) {
      echo(peer.createDataChannel("echo"));
    }
  }

  String name() {
    return name;
  }

  void receive(SignalingMessage message) {
    if (message instanceof SignalingMessage.Description it) {
      negotiation.receive(it.description());
    } else if (message instanceof SignalingMessage.Candidate it) {
      negotiation.receive(it.candidate());
    } else if (message instanceof SignalingMessage.Failure it) {
      report.accept(name + " gave up: " + it.reason());
    }
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
  public void send(RTCSessionDescription description) {
    out.accept(new SignalingMessage.Description(description));
  }

  @Override
  public void send(RTCIceCandidate candidate) {
    out.accept(new SignalingMessage.Candidate(candidate));
  }

  @Override
  public void failed(Throwable reason) {
    report.accept("negotiation with " + name + ": " + reason.getMessage());
  }

  @Override
  public void close() {
    peer.close();
  }
}
