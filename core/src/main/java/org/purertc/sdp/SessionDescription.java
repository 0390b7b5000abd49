package org.purertc.sdp;

/** A whole SDP, RFC 8866: session level and media sections. Immutable. */
public final class SessionDescription {

  private SessionDescription() {}

  public static SessionDescription parse(String text) throws SdpException {
    throw new UnsupportedOperationException("skeleton");
  }

  /** The SDP with CRLF line ends; byte for byte what was parsed. */
  @Override
  public String toString() {
    throw new UnsupportedOperationException("skeleton");
  }
}
