package org.purertc.dtls.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SRTP protection profiles, RFC 5764 section 4.1.2 and RFC 7714 section 14.2.
 *
 * <p>AES128_CM_HMAC_SHA1_32 is left out: a tag of 32 bits is meant for audio alone, and a bundle
 * carries video under the same keys.
 */
public enum SrtpProfile {
  AES128_CM_HMAC_SHA1_80(1, 16, 14),
  AEAD_AES_128_GCM(7, 16, 12),
  AEAD_AES_256_GCM(8, 32, 12);

  /** Cheapest first; RFC 8827 section 6.5 obliges everyone to the second. */
  public static final List<SrtpProfile> PREFERENCE =
      List.of(AEAD_AES_128_GCM, AES128_CM_HMAC_SHA1_80, AEAD_AES_256_GCM);

  final int number;
  final int keyBytes;
  final int saltBytes;

  SrtpProfile(int number, int keyBytes, int saltBytes) {
    this.number = number;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
  }

  static int[] numbers(List<SrtpProfile> profiles) {
    return profiles.stream().mapToInt(profile -> profile.number).toArray();
  }

  /** The first of ours that the peer has too. */
  static @Nullable SrtpProfile choose(List<SrtpProfile> ours, int[] theirs) {
    for (SrtpProfile profile : ours) {
      for (int number : theirs) {
        if (profile.number == number) {
          return profile;
        }
      }
    }
    return null;
  }
}
