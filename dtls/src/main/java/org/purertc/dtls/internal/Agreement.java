package org.purertc.dtls.internal;

import org.jspecify.annotations.Nullable;

/**
 * What a handshake agreed on.
 *
 * @param cipherSuite the IANA name
 * @param remoteCertificate DER
 */
public record Agreement(String cipherSuite, byte[] remoteCertificate, @Nullable Keying srtp) {

  /**
   * What {@code use_srtp} gave.
   *
   * @param profile IANA number of the protection profile
   * @param material client key, server key, client salt, server salt, RFC 5764 section 4.2
   */
  public record Keying(int profile, int keyBytes, int saltBytes, byte[] material) {

    @Override
    public String toString() {
      return "Keying[profile=" + profile + "]"; // never the keys
    }
  }
}
