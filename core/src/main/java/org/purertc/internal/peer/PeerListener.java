package org.purertc.internal.peer;

import org.purertc.dtls.DtlsState;
import org.purertc.ice.IceTransportState;
import org.purertc.internal.datachannel.ChannelListener;
import org.purertc.internal.datachannel.ChannelParameters;
import org.purertc.internal.jsep.SignalingState;

/** What a {@link PeerSession} tells the API above it, on the loop, in the order of the events. */
public interface PeerListener {

  void onDescriptions(Descriptions descriptions);

  void onSignalingState(SignalingState state);

  void onNegotiationNeeded();

  /** The remote accepts data channels with messages of this length; 0 means any. */
  void onDataNegotiated(long maxMessageSize);

  void onLocalCandidate(LocalCandidate candidate);

  void onGatheringState(GatheringState state);

  void onIceState(IceTransportState state);

  void onPath(PathSnapshot path);

  void onDtlsState(DtlsState state);

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

  /** Everything is freed; nothing comes after it. */
  void onReleased();
}
