package org.purertc.internal.jsep;

import org.jspecify.annotations.Nullable;
import org.purertc.sdp.SessionDescription;

/**
 * The offer/answer state of one peer, RFC 9429: a function of descriptions. Local candidates are
 * added to the local description as they come.
 */
public final class JsepSession {

  /**
   * @param sessionId of the o= line, 63 random bits
   */
  public JsepSession(LocalTransport local, long sessionId) {
    throw new UnsupportedOperationException("skeleton");
  }

  public SignalingState signalingState() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** A data channel was created: offers now hold an application section. */
  public void requestDataChannels() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** W3C WebRTC section 4.7.3, "check if negotiation is needed". */
  public boolean isNegotiationNeeded() {
    throw new UnsupportedOperationException("skeleton");
  }

  public SessionDescription createOffer() throws JsepException {
    throw new UnsupportedOperationException("skeleton");
  }

  public SessionDescription createAnswer() throws JsepException {
    throw new UnsupportedOperationException("skeleton");
  }

  public void setLocalDescription(DescriptionType type, SessionDescription description)
      throws JsepException {
    throw new UnsupportedOperationException("skeleton");
  }

  public void setRemoteDescription(DescriptionType type, SessionDescription description)
      throws JsepException {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Adds a gathered candidate to the local descriptions.
   *
   * @param candidate {@code candidate:…} without {@code a=}
   */
  public void addLocalCandidate(String candidate) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Adds {@code a=end-of-candidates}. */
  public void endOfLocalCandidates() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Checks where a remote candidate belongs and adds it to the remote description. */
  public void addRemoteCandidate(
      String candidate, @Nullable String mid, @Nullable Integer mLineIndex, @Nullable String ufrag)
      throws JsepException {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable SessionDescription currentLocalDescription() {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable SessionDescription pendingLocalDescription() {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable SessionDescription currentRemoteDescription() {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable SessionDescription pendingRemoteDescription() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Mid of the application section, null before there is one. */
  public @Nullable String dataMid() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Of the newest remote description with a usable application section; null before. */
  public @Nullable NegotiatedTransport negotiated() {
    throw new UnsupportedOperationException("skeleton");
  }

  public void close() {
    throw new UnsupportedOperationException("skeleton");
  }
}
