package org.purertc.samples.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.websocket.WsContext;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.SignalingMessage.Failure;

/** One WebSocket and the peer that it signals for. */
public final class Visit {
  private final WsContext socket;
  private final RTCPeerConnection peer;
  private final VisitListener listener;
  private final Negotiator negotiator;

  Visit(WsContext socket, RTCPeerConnection peer, VisitListener listener) {
    this.socket = socket;
    this.peer = peer;
    this.listener = listener;
    negotiator = new Negotiator(peer, CandidateMode.TRICKLE, this::send, this::fail);
    peer.onConnectionStateChange(this::stateChanged);
  }

  public RTCPeerConnection peer() {
    return peer;
  }

  /** Tells the visitor in one line why it gets no connection. */
  public void fail(String reason) {
    send(new Failure(reason));
  }

  /** Closes the visitor's WebSocket. */
  public void end() {
    socket.closeSession();
  }

  void receive(String line) {
    try {
      negotiator.receive(SignalingFormat.read(line));
    } catch (SignalingException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void stateChanged(RTCPeerConnectionState state) {
    if (state == RTCPeerConnectionState.FAILED) {
      String reason = peer.failureReason();
      fail(reason == null ? "the connection failed" : reason);
    }
    listener.onState(this, state);
  }

  /** Whether the query of the WebSocket's address names {@code parameter}. */
  public boolean asksFor(String parameter) {
    return socket.queryParam(parameter) != null;
  }

  /** Tells the visitor something that is no signalling. */
  public void tell(JsonNode message) {
    send(message.toString());
  }

  private void send(SignalingMessage message) {
    send(SignalingFormat.write(message));
  }

  private synchronized void send(String line) {
    if (socket.session.isOpen()) {
      socket.send(line);
    }
  }
}
