package org.purertc.dtls;

/** RFC 5763 section 5: {@code setup:active} is the client, {@code setup:passive} the server. */
public enum DtlsRole {
  CLIENT,
  SERVER
}
