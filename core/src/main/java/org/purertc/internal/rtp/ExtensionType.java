package org.purertc.internal.rtp;

/** The RTP header extensions that are understood here. */
public enum ExtensionType {
  /** RFC 9143 section 15.2. */
  MID("urn:ietf:params:rtp-hdrext:sdes:mid"),

  /** RFC 8852 section 4.1. */
  STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),

  /** RFC 8852 section 4.2. */
  REPAIRED_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),

  /** 24 bits: when the packet left, in 2^-18 s, modulo 64 s. */
  ABSOLUTE_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),

  /** 16 bits, draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2. */
  TRANSPORT_SEQUENCE("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),

  /** RFC 6464. */
  AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),

  /** 3GPP TS 26.114 section 7.4.5. */
  VIDEO_ORIENTATION("urn:3gpp:video-orientation"),

  /** Two times 12 bits, in units of 10 ms. */
  PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),

  /** 64 bits of NTP time, and 64 of the clock's offset when known. */
  ABSOLUTE_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time");

  private final String uri;

  ExtensionType(String uri) {
    this.uri = uri;
  }

  /** As {@code a=extmap} has it. */
  public String uri() {
    return uri;
  }
}
