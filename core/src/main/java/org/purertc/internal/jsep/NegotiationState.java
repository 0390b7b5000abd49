package org.purertc.internal.jsep;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

/**
 * Everything that an offer or answer changes, as one value: a rollback is the last stable value
 * again.
 *
 * @param answeredLast whether the current local description is an answer
 * @param currentLines the sections of the current descriptions
 * @param lines those of the pending descriptions; the current ones without any
 */
record NegotiationState(
    SignalingState signaling,
    @Nullable SessionDescription currentLocal,
    @Nullable SessionDescription pendingLocal,
    @Nullable SessionDescription currentRemote,
    @Nullable SessionDescription pendingRemote,
    boolean answeredLast,
    MLines currentLines,
    MLines lines,
    List<NegotiatedTransport> transports,
    @Nullable NegotiatedData data) {

  /** What both descriptions say together. */
  record Agreement(
      MLines lines, List<NegotiatedTransport> transports, @Nullable NegotiatedData data) {}

  static final NegotiationState INITIAL =
      new NegotiationState(
          SignalingState.STABLE,
          null,
          null,
          null,
          null,
          false,
          MLines.NONE,
          MLines.NONE,
          List.of(),
          null);

  @Nullable SessionDescription newestRemote() {
    return pendingRemote != null ? pendingRemote : currentRemote;
  }

  /** Whether {@link #newestRemote} is an offer. */
  boolean remoteOffered() {
    return switch (signaling) {
      case HAVE_REMOTE_OFFER, HAVE_LOCAL_PRANSWER -> true;
      case HAVE_REMOTE_PRANSWER -> false;
      case STABLE, HAVE_LOCAL_OFFER, CLOSED -> answeredLast;
    };
  }

  /** The sections of {@link #newestRemote}. */
  MLines remoteLines() {
    return pendingRemote != null ? lines : currentLines;
  }

  /** Null when there is none of that index. */
  @Nullable NegotiatedTransport transport(int index) {
    for (NegotiatedTransport transport : transports) {
      if (transport.index() == index) {
        return transport;
      }
    }
    return null;
  }

  /** Whether both current descriptions have the section in a BUNDLE group. */
  boolean isBundled(String mid) {
    return isBundled(currentLocal, mid) && isBundled(currentRemote, mid);
  }

  private static boolean isBundled(@Nullable SessionDescription description, String mid) {
    int index = description == null ? -1 : description.indexOfMid(mid);
    if (description == null || index < 0) {
      return false;
    }
    MediaDescription section = description.media().get(index);
    return description.bundleOf(section) != null;
  }

  NegotiationState withLocalOffer(CreatedDescription offer) {
    return new NegotiationState(
        SignalingState.HAVE_LOCAL_OFFER,
        currentLocal,
        offer.description(),
        currentRemote,
        null,
        answeredLast,
        currentLines,
        offer.lines(),
        transports,
        data);
  }

  NegotiationState withRemoteOffer(SessionDescription offer, Agreement offered) {
    return new NegotiationState(
        SignalingState.HAVE_REMOTE_OFFER,
        currentLocal,
        null,
        currentRemote,
        offer,
        answeredLast,
        currentLines,
        offered.lines(),
        offered.transports(),
        offered.data());
  }

  /** With a local answer to the pending remote offer. */
  NegotiationState withLocalAnswer(
      SessionDescription answer, boolean isFinal, Agreement agreement) {
    return isFinal
        ? stable(answer, pendingRemote, true, agreement)
        : provisional(SignalingState.HAVE_LOCAL_PRANSWER, answer, pendingRemote, agreement);
  }

  /** With a remote answer to the pending local offer. */
  NegotiationState withRemoteAnswer(
      SessionDescription answer, boolean isFinal, Agreement agreement) {
    return isFinal
        ? stable(pendingLocal, answer, false, agreement)
        : provisional(SignalingState.HAVE_REMOTE_PRANSWER, pendingLocal, answer, agreement);
  }

  /** The sections stay those of the offer: a final answer may accept what this one rejects. */
  private NegotiationState provisional(
      SignalingState state,
      @Nullable SessionDescription local,
      @Nullable SessionDescription remote,
      Agreement agreement) {
    return new NegotiationState(
        state,
        currentLocal,
        local,
        currentRemote,
        remote,
        answeredLast,
        currentLines,
        lines,
        agreement.transports(),
        agreement.data());
  }

  /** W3C WebRTC section 4.4.1.5: a final answer makes both descriptions current. */
  private static NegotiationState stable(
      @Nullable SessionDescription local,
      @Nullable SessionDescription remote,
      boolean answered,
      Agreement agreement) {
    return new NegotiationState(
        SignalingState.STABLE,
        local,
        null,
        remote,
        null,
        answered,
        agreement.lines(),
        agreement.lines(),
        agreement.transports(),
        agreement.data());
  }

  /** With other remote descriptions, after candidates came. */
  NegotiationState withRemotes(
      @Nullable SessionDescription current, @Nullable SessionDescription pending) {
    return new NegotiationState(
        signaling,
        currentLocal,
        pendingLocal,
        current,
        pending,
        answeredLast,
        currentLines,
        lines,
        transports,
        data);
  }

  NegotiationState closed() {
    return new NegotiationState(
        SignalingState.CLOSED,
        currentLocal,
        pendingLocal,
        currentRemote,
        pendingRemote,
        answeredLast,
        currentLines,
        lines,
        transports,
        data);
  }
}
