package org.purertc.internal.peer;

import org.purertc.dtls.DtlsState;
import org.purertc.ice.CandidateError;
import org.purertc.ice.IceTransportState;
import org.purertc.internal.datachannel.ChannelListener;
import org.purertc.internal.datachannel.ChannelParameters;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.jsep.SignalingState;
import org.purertc.internal.media.MediaTransceiver;

/** What a {@link PeerSession} tells the API above it, on the loop, in the order of the events. */
public interface PeerListener {

  void onDescriptions(Descriptions descriptions);

  void onSignalingState(SignalingState state);

  void onNegotiationNeeded();

  /** The remote accepts data channels with messages of this length; 0 means any. */
  void onDataNegotiated(int transport, long maxMessageSize);

  void onLocalCandidate(LocalCandidate candidate);

  /** A STUN or TURN server gave no candidate. */
  void onCandidateError(CandidateError error);

  void onGatheringState(GatheringState state);

  /** Of one transport. */
  void onIceState(int transport, IceTransportState state);

  /** Of all transports together. */
  void onIceConnectionState(IceTransportState state);

  void onPath(int transport, PathSnapshot path);

  void onDtlsState(int transport, DtlsState state);

  /**
   * @param reason one line when it is closed by an error; empty otherwise
   */
  void onSctpState(SctpState state, String reason);

  /**
   * @param reason one line; empty where there is none
   */
  void onConnectionState(ConnectionState state, String reason);

  /** The remote opened a channel: returns who listens to it. */
  ChannelListener onIncomingChannel(ChannelParameters parameters, int id, ChannelPort port);

  /** A remote offer has a section that no transceiver of ours fits: makes one. */
  MediaTransceiver onRemoteTransceiver(MediaKind kind);

  /** A transceiver is stopped and its section gone, or its offer was rolled back. */
  void onTransceiverGone(MediaTransceiver transceiver);

  /** Everything is freed; nothing comes after it. */
  void onReleased();
}
