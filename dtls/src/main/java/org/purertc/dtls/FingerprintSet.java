package org.purertc.dtls;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fingerprints of a remote description, and the comparison with a certificate. */
record FingerprintSet(List<Fingerprint> expected) {

  /** Strongest first. */
  private static final List<String> ALGORITHMS = List.of("sha-512", "sha-384", "sha-256");

  FingerprintSet {
    expected = List.copyOf(expected);
  }

  /** Why a certificate (DER) must be refused, or null. */
  @Nullable String rejection(byte[] certificate) {
    // RFC 8122 section 5.1: of the hash functions offered, take the most preferred one and match
    // the certificate against the fingerprints that use it.
    for (String algorithm : ALGORITHMS) {
      List<Fingerprint> candidates =
          expected.stream().filter(one -> one.algorithm().equals(algorithm)).toList();
      if (!candidates.isEmpty()) {
        Fingerprint actual = Fingerprint.of(algorithm, certificate);
        return candidates.contains(actual) ? null : mismatch(actual, candidates);
      }
    }
    String offered = expected.stream().map(Fingerprint::algorithm).collect(Collectors.joining(" "));
    return "the remote description has no a=fingerprint with sha-256, sha-384 or sha-512 (only: "
        + offered
        + ")";
  }

  private static String mismatch(Fingerprint actual, List<Fingerprint> candidates) {
    return "the peer's certificate does not match a=fingerprint of the remote description: it has "
        + actual.algorithm()
        + " "
        + actual.value()
        + ", expected "
        + candidates.stream().map(Fingerprint::value).collect(Collectors.joining(" or "));
  }
}
