package org.purertc.internal.jsep;

import org.jspecify.annotations.Nullable;
import org.purertc.sdp.SessionDescription;

/**
 * Everything that an offer or answer changes, as one value: a rollback is the last stable value
 * again.
 *
 * @param dataMid of the live application section
 */
record NegotiationState(
    SignalingState signaling,
    @Nullable SessionDescription currentLocal,
    @Nullable SessionDescription pendingLocal,
    @Nullable SessionDescription currentRemote,
    @Nullable SessionDescription pendingRemote,
    @Nullable String dataMid,
    @Nullable NegotiatedTransport negotiated) {

  static final NegotiationState INITIAL =
      new NegotiationState(SignalingState.STABLE, null, null, null, null, null, null);

  @Nullable SessionDescription newestRemote() {
    return pendingRemote != null ? pendingRemote : currentRemote;
  }

  NegotiationState withLocalOffer(SessionDescription offer, @Nullable String mid) {
    return new NegotiationState(
        SignalingState.HAVE_LOCAL_OFFER, currentLocal, offer, currentRemote, null, mid, negotiated);
  }

  NegotiationState withRemoteOffer(
      SessionDescription offer, @Nullable String mid, @Nullable NegotiatedTransport transport) {
    return new NegotiationState(
        SignalingState.HAVE_REMOTE_OFFER, currentLocal, null, currentRemote, offer, mid, transport);
  }

  /** With a local answer to the pending remote offer. */
  NegotiationState withLocalAnswer(
      SessionDescription answer, boolean isFinal, @Nullable NegotiatedTransport transport) {
    return isFinal
        ? stable(answer, pendingRemote, transport)
        : new NegotiationState(
            SignalingState.HAVE_LOCAL_PRANSWER,
            currentLocal,
            answer,
            currentRemote,
            pendingRemote,
            dataMid,
            transport);
  }

  /** With a remote answer to the pending local offer. */
  NegotiationState withRemoteAnswer(
      SessionDescription answer, boolean isFinal, @Nullable NegotiatedTransport transport) {
    return isFinal
        ? stable(pendingLocal, answer, transport)
        : new NegotiationState(
            SignalingState.HAVE_REMOTE_PRANSWER,
            currentLocal,
            pendingLocal,
            currentRemote,
            answer,
            dataMid,
            transport);
  }

  /** With other remote descriptions, after candidates came. */
  NegotiationState withRemotes(
      @Nullable SessionDescription current, @Nullable SessionDescription pending) {
    return new NegotiationState(
        signaling, currentLocal, pendingLocal, current, pending, dataMid, negotiated);
  }

  NegotiationState closed() {
    return new NegotiationState(
        SignalingState.CLOSED,
        currentLocal,
        pendingLocal,
        currentRemote,
        pendingRemote,
        dataMid,
        negotiated);
  }

  /** W3C WebRTC section 4.4.1.5: a final answer makes both descriptions current. */
  private static NegotiationState stable(
      @Nullable SessionDescription local,
      @Nullable SessionDescription remote,
      @Nullable NegotiatedTransport transport) {
    String mid = transport == null ? null : transport.mid();
    return new NegotiationState(SignalingState.STABLE, local, null, remote, null, mid, transport);
  }
}
