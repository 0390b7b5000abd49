package org.purertc.samples.signaling;

import java.util.concurrent.CompletableFuture;
import org.purertc.RTCConfiguration;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;
import org.purertc.RTCSignalingState;

/**
 * The perfect-negotiation pattern of W3C WebRTC section 10.7: both sides negotiate whenever they
 * need to, and when their offers meet, the polite side gives way.
 *
 * <p>As in JavaScript all of it runs on one thread: the executor of the connection's {@link
 * RTCConfiguration} runs one task after the other, and what comes from the remote side is handed in
 * on it.
 */
public final class PerfectNegotiation {

  /** The way to the remote side; it keeps the order. */
  public interface Signaling {
    void send(RTCSessionDescription description);

    void send(RTCIceCandidate candidate);

    /** Never for a collision; only when a description or candidate cannot be used at all. */
    void failed(Throwable reason);
  }

  private final RTCPeerConnection connection;
  private final boolean polite;
  private final Signaling signaling;
  private boolean makingOffer;
  private boolean ignoreOffer;
  private boolean isSettingRemoteAnswerPending;

  /**
   * @param polite whether this side gives way; the other side must not
   */
  public PerfectNegotiation(RTCPeerConnection connection, boolean polite, Signaling signaling) {
    this.connection = connection;
    this.polite = polite;
    this.signaling = signaling;
    connection.onLocalDescription(signaling::send);
    connection.onIceCandidate(signaling::send);
    connection.onNegotiationNeeded(this::negotiate);
  }

  /** Offers; the connection asks for it when it is needed. */
  public void negotiate() {
    makingOffer = true;
    report(connection.setLocalDescription().whenComplete((offer, reason) -> makingOffer = false));
  }

  /** A description came from the remote side. */
  public void receive(RTCSessionDescription description) {
    boolean isOffer = description.type() == RTCSdpType.OFFER;
    // An answer that is being applied makes the state stable before the offer's turn comes.
    boolean isStable =
        connection.signalingState() == RTCSignalingState.STABLE || isSettingRemoteAnswerPending;
    ignoreOffer = !polite && isOffer && (makingOffer || !isStable);
    if (ignoreOffer) {
      return;
    }
    isSettingRemoteAnswerPending = description.type() == RTCSdpType.ANSWER;
    CompletableFuture<Void> applied =
        connection
            .setRemoteDescription(description) // rolls our own offer back where it must
            .whenComplete((done, reason) -> isSettingRemoteAnswerPending = false);
    report(isOffer ? applied.thenCompose(done -> connection.setLocalDescription()) : applied);
  }

  /** A candidate came from the remote side. */
  public void receive(RTCIceCandidate candidate) {
    CompletableFuture<Void> added = connection.addIceCandidate(candidate);
    if (!ignoreOffer) { // else it belongs to the offer that was ignored
      report(added);
    }
  }

  private void report(CompletableFuture<?> operation) {
    CompletableFuture<?> unused =
        operation.exceptionally(
            reason -> {
              signaling.failed(reason);
              return null;
            });
  }
}
