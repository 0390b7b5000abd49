package org.purertc.srtp.internal;

import java.security.GeneralSecurityException;

/** Encrypts and authenticates packets of one direction and kind, all with the same session keys. */
interface PacketTransform {

  /** Whether a received RTCP packet says that it is encrypted. */
  int SRTCP_E_BIT = 0x8000_0000;

  /** What protecting adds. */
  int overheadBytes();

  /** The E bit and index of a received SRTCP packet. */
  int srtcpIndex(Packet packet);

  /** Protects in place; the length becomes the new one. */
  void protect(Packet packet) throws GeneralSecurityException;

  /**
   * Unprotects in place; the length becomes the new one.
   *
   * @return false when the authentication tag is wrong; bytes and length are then as they were
   */
  boolean unprotect(Packet packet) throws GeneralSecurityException;
}
