package org.purertc.sdp;

import java.util.Locale;

/** Who opens the DTLS association: {@code a=setup}, RFC 4145 section 4 and RFC 8842. */
public enum SetupRole {
  ACTIVE,
  PASSIVE,
  ACTPASS,
  HOLDCONN;

  static SetupRole of(String value) {
    for (SetupRole role : values()) {
      if (role.toString().equalsIgnoreCase(value)) {
        return role;
      }
    }
    throw new IllegalArgumentException("setup must be active, passive, actpass or holdconn");
  }

  /** The word in SDP. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
