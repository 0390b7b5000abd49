package org.purertc.sdp;

import java.util.Locale;

/** Direction of media, RFC 8866 section 6.7. */
public enum MediaDirection {
  SENDRECV,
  SENDONLY,
  RECVONLY,
  INACTIVE;

  /** The word in SDP. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
