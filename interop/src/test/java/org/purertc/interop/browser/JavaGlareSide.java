package org.purertc.interop.browser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.PerfectNegotiation;
import org.purertc.RTCDataChannel;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;
import org.purertc.RTCSignalingState;

/** Java's side of a glare round, as {@code glare.js} is the page's; on one thread like that. */
final class JavaGlareSide implements PerfectNegotiation.Signaling {
  final RTCPeerConnection connection;
  final JavaGlareMedia media;
  final List<String> opened = new ArrayList<>();
  final List<String> echoed = new ArrayList<>();
  final List<String> received = new ArrayList<>();
  final List<String> failures = new ArrayList<>();
  int created;
  int collisions;

  private final PerfectNegotiation negotiation;
  private final PerfectNegotiation.Signaling remote;
  private boolean isNegotiating;

  JavaGlareSide(JavaGlareMedia media, boolean isPolite, PerfectNegotiation.Signaling remote) {
    this.media = media;
    connection = media.connection;
    this.remote = remote;
    negotiation = new PerfectNegotiation(connection, isPolite, this);
    connection.onNegotiationNeeded(this::negotiate);
    connection.onDataChannel(this::echo);
    connection.onConnectionStateChange(
        state -> {
          if (state == RTCPeerConnectionState.FAILED) {
            failures.add("connection failed: " + connection.failureReason());
          }
        });
  }

  void act(GlarePlan.Moment moment) {
    switch (moment.action()) {
      case CREATE -> createSpeaking();
      case NEGOTIATE -> {
        if (connection.signalingState() == RTCSignalingState.STABLE && !isNegotiating) {
          negotiate();
        }
      }
      default -> media.act(moment).whenComplete((done, reason) -> noteFailure(moment, reason));
    }
  }

  private void noteFailure(GlarePlan.Moment moment, @Nullable Throwable reason) {
    if (reason != null) {
      failures.add(moment + ": " + reason);
    }
  }

  private void negotiate() {
    isNegotiating = true;
    negotiation.negotiate();
  }

  /** Its channel says its label when it opens, and expects to hear it again. */
  private void createSpeaking() {
    String label = "java " + created++;
    RTCDataChannel channel = connection.createDataChannel(label);
    guard(channel);
    channel.onOpen(
        () -> {
          opened.add(label);
          channel.send(label);
        });
    channel.onMessage(message -> echoed.add(message.text()));
  }

  private void echo(RTCDataChannel channel) {
    guard(channel);
    channel.onMessage(
        message -> {
          received.add(message.text());
          channel.send(message.text());
        });
  }

  private void guard(RTCDataChannel channel) {
    channel.onClose(() -> failures.add(channel.label() + " closed"));
    channel.onError(error -> failures.add(channel.label() + ": " + error));
  }

  void receive(RTCSessionDescription description) {
    boolean isStable = connection.signalingState() == RTCSignalingState.STABLE;
    collisions += description.type() == RTCSdpType.OFFER && !isStable ? 1 : 0;
    negotiation.receive(description);
  }

  void receive(RTCIceCandidate candidate) {
    negotiation.receive(candidate);
  }

  @Override
  public void send(RTCSessionDescription description) {
    isNegotiating = false;
    remote.send(description);
  }

  @Override
  public void send(RTCIceCandidate candidate) {
    remote.send(candidate);
  }

  @Override
  public void failed(Throwable reason) {
    isNegotiating = false;
    failures.add(reason.toString());
  }

  @Override
  public String toString() {
    return "Java %s, created %d, opened %s, echoed %s, received %s, collisions %d, %s"
        .formatted(
            connection.signalingState(), created, opened, echoed, received, collisions, failures);
  }
}
