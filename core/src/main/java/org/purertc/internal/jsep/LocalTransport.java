package org.purertc.internal.jsep;

/**
 * Our side of a transport as descriptions state it.
 *
 * @param fingerprint {@code sha-256 AB:CD:…}
 * @param iceOptions of {@code a=ice-options}
 */
public record LocalTransport(
    String iceUfrag, String icePwd, String fingerprint, String iceOptions) {

  /** RFC 8840 (trickle), RFC 8445 section 10 (ice2). */
  private static final String ICE_OPTIONS = "trickle ice2";

  /** One with the options that all our sides have. */
  public LocalTransport(String iceUfrag, String icePwd, String fingerprint) {
    this(iceUfrag, icePwd, fingerprint, ICE_OPTIONS);
  }

  /** The same with draft-thatcher-ice-renomination. */
  public LocalTransport withRenomination() {
    return new LocalTransport(iceUfrag, icePwd, fingerprint, ICE_OPTIONS + " renomination");
  }
}
