package org.purertc.ice;

/** User fragment and password of one side, RFC 8445 section 5.3. */
public record IceCredentials(String ufrag, String password) {

  @Override
  public String toString() {
    return "IceCredentials[ufrag=" + ufrag + "]"; // never the password
  }
}
