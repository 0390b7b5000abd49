package org.purertc.ice.internal;

/** The errors that ICE answers with, RFC 8489 section 14.8 and RFC 8445 section 7.3.1.1. */
public enum StunError {
  BAD_REQUEST(400, "Bad Request"),
  UNAUTHENTICATED(401, "Unauthenticated"),
  UNKNOWN_ATTRIBUTE(420, "Unknown Attribute"),
  ROLE_CONFLICT(487, "Role Conflict");

  private final int code;
  private final String reason;

  StunError(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  String reason() {
    return reason;
  }
}
