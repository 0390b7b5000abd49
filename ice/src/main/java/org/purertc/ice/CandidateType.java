package org.purertc.ice;

/** Where a candidate comes from, RFC 8445 section 5.1.1; {@code toString} is RFC 8839's word. */
public enum CandidateType {
  HOST("host", 126),
  SERVER_REFLEXIVE("srflx", 100),
  PEER_REFLEXIVE("prflx", 110),
  RELAYED("relay", 0);

  private final String word;
  private final int preference;

  CandidateType(String word, int preference) {
    this.word = word;
    this.preference = preference;
  }

  /** The recommended type preference, RFC 8445 section 5.1.2.2. */
  public int preference() {
    return preference;
  }

  @Override
  public String toString() {
    return word;
  }
}
