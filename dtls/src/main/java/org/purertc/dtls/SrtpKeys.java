package org.purertc.dtls;

/**
 * Keys exported by {@code use_srtp}, RFC 5764 section 4.2, by role: what the client writes and what
 * the server writes.
 *
 * @param profile the protection profile's number: 1 AES128_CM_SHA1_80, 7 AEAD_AES_128_GCM, 8
 *     AEAD_AES_256_GCM
 */
public record SrtpKeys(
    int profile, byte[] clientKey, byte[] clientSalt, byte[] serverKey, byte[] serverSalt) {

  @Override
  public String toString() {
    return "SrtpKeys[profile=" + profile + "]"; // never the keys
  }
}
