package org.purertc.sdp;

import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code a=fingerprint}, RFC 8122 section 5.
 *
 * @param hash name of the hash function, as written
 * @param bytes hexadecimal pairs between colons, as written
 */
public record FingerprintAttribute(String hash, String bytes) {
  private static final Pattern PAIRS = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2})*+");

  public FingerprintAttribute {
    Syntax.checkToken(hash, "hash function");
    // RFC 8122 section 5 wants upper case; some write lower case, and it is as clear.
    Syntax.require(
        bytes.length() <= 1024 && PAIRS.matcher(bytes).matches(),
        "fingerprint must be hexadecimal pairs between colons");
  }

  static FingerprintAttribute of(String value) {
    List<String> parts = Syntax.fields(value);
    Syntax.require(parts.size() == 2, "fingerprint needs a hash function and a value");
    return new FingerprintAttribute(parts.get(0), parts.get(1));
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    return hash + " " + bytes;
  }
}
