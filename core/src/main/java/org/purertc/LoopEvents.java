package org.purertc;

import java.net.InetSocketAddress;
import org.purertc.dtls.DtlsState;
import org.purertc.ice.CandidateError;
import org.purertc.ice.CandidateServer;
import org.purertc.ice.IceTransportState;
import org.purertc.ice.mdns.LocalName;
import org.purertc.internal.datachannel.ChannelListener;
import org.purertc.internal.datachannel.ChannelParameters;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.jsep.SignalingState;
import org.purertc.internal.media.MediaTransceiver;
import org.purertc.internal.peer.ChannelPort;
import org.purertc.internal.peer.ConnectionState;
import org.purertc.internal.peer.Descriptions;
import org.purertc.internal.peer.GatheringState;
import org.purertc.internal.peer.LocalCandidate;
import org.purertc.internal.peer.PathSnapshot;
import org.purertc.internal.peer.PeerListener;
import org.purertc.internal.peer.SctpState;

/**
 * What the loop tells, in W3C's words: first the snapshot changes, then the event is queued. Loop
 * thread only.
 */
final class LoopEvents implements PeerListener {
  private final PeerSnapshot snapshot;
  private final PeerEvents events;
  private final GatheringRounds gathering;
  private final Owner owner;

  /** Who makes the objects that the remote peer asks for; loop thread. */
  interface Owner {
    RTCDataChannel incomingChannel(ChannelParameters parameters, ChannelPort port);

    MediaTransceiver remoteTransceiver(MediaKind kind);

    /** It is stopped, and its section is gone. */
    void forget(MediaTransceiver transceiver);

    void released();
  }

  LoopEvents(PeerSnapshot snapshot, PeerEvents events, GatheringRounds gathering, Owner owner) {
    this.snapshot = snapshot;
    this.events = events;
    this.gathering = gathering;
    this.owner = owner;
  }

  @Override
  public void onDescriptions(Descriptions descriptions) {
    snapshot.descriptions = descriptions;
  }

  @Override
  public void onSignalingState(SignalingState state) {
    if (isClosed()) {
      return;
    }
    snapshot.signalingState = RTCSignalingState.valueOf(state.name());
    snapshot.negotiationNeeded = false; // asked anew when the state is stable again
    events.signalingStateChange.fire(snapshot.signalingState);
  }

  @Override
  public void onNegotiationNeeded() {
    snapshot.negotiationNeeded = true;
    events.negotiationNeeded.fire(RTCSignalingState.STABLE);
  }

  @Override
  public void onDataNegotiated(int transport, long maxMessageSize) {
    snapshot.sctp.transport(snapshot.dtls(transport));
    snapshot.sctp.maxMessageSize(maxMessageSize);
    snapshot.dataNegotiated = true;
  }

  @Override
  public void onLocalCandidate(LocalCandidate candidate) {
    CandidateServer server = candidate.server();
    events.iceCandidate.fire(
        new RTCIceCandidate(
            candidate.text(),
            candidate.mid(),
            candidate.mLineIndex(),
            candidate.ufrag(),
            server == null ? null : server.relayProtocol(),
            server == null ? null : server.url()));
  }

  @Override
  public void onCandidateError(CandidateError error) {
    InetSocketAddress from = error.local();
    // W3C WebRTC section 4.8.3: null when no candidate shows it.
    InetSocketAddress local = from == null || LocalName.of(from) != null ? null : from;
    events.iceCandidateError.fire(
        new RTCPeerConnectionIceErrorEvent(
            local == null ? null : local.getAddress().getHostAddress(),
            local == null ? null : local.getPort(),
            error.url(),
            error.code(),
            error.text()));
  }

  @Override
  public void onGatheringState(GatheringState state) {
    if (state == GatheringState.GATHERING) {
      gathering.begin();
    }
    snapshot.iceGatheringState = RTCIceGatheringState.valueOf(state.name());
    events.iceGatheringStateChange.fire(snapshot.iceGatheringState);
    RTCSessionDescription local = snapshot.localDescription();
    if (state == GatheringState.COMPLETE && local != null) {
      gathering.complete(local);
    }
  }

  @Override
  public void onIceState(int transport, IceTransportState state) {
    if (!isClosed()) {
      RTCIceTransportState now = RTCIceTransportState.valueOf(state.name());
      snapshot.dtls(transport).iceTransport().state(now);
    }
  }

  @Override
  public void onIceConnectionState(IceTransportState state) {
    if (isClosed()) {
      return;
    }
    snapshot.iceConnectionState = RTCIceConnectionState.valueOf(state.name());
    events.iceConnectionStateChange.fire(snapshot.iceConnectionState);
  }

  @Override
  public void onPath(int transport, PathSnapshot path) {
    snapshot.dtls(transport).iceTransport().path(path);
  }

  @Override
  public void onDtlsState(int transport, DtlsState state) {
    if (!isClosed()) {
      snapshot.dtls(transport).state(RTCDtlsTransportState.valueOf(state.name()));
    }
  }

  @Override
  public void onSctpState(SctpState state, String reason) {
    if (!isClosed()) {
      snapshot.dataFailure = reason.isEmpty() ? null : reason;
      snapshot.sctp.state(RTCSctpTransportState.valueOf(state.name()));
    }
  }

  @Override
  public void onConnectionState(ConnectionState state, String reason) {
    if (isClosed()) {
      return;
    }
    snapshot.pathFailure = state == ConnectionState.FAILED ? reason : null;
    snapshot.connectionState = RTCPeerConnectionState.valueOf(state.name());
    events.connectionStateChange.fire(snapshot.connectionState);
  }

  @Override
  public ChannelListener onIncomingChannel(ChannelParameters parameters, int id, ChannelPort port) {
    RTCDataChannel channel = owner.incomingChannel(parameters, port);
    channel.loopSide().onId(id);
    events.dataChannel.fire(channel); // its own events are queued behind this one
    return channel.loopSide();
  }

  @Override
  public void onReleased() {
    owner.released();
  }

  @Override
  public MediaTransceiver onRemoteTransceiver(MediaKind kind) {
    return owner.remoteTransceiver(kind);
  }

  @Override
  public void onTransceiverGone(MediaTransceiver transceiver) {
    owner.forget(transceiver);
  }

  private boolean isClosed() {
    return snapshot.signalingState == RTCSignalingState.CLOSED;
  }
}
