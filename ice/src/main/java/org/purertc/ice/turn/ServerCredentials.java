package org.purertc.ice.turn;

/** Who we are to a TURN server: long-term credentials, or those of its REST interface. */
public record ServerCredentials(String username, String password) {

  @Override
  public String toString() {
    return "ServerCredentials[username=" + username + "]"; // never the password
  }
}
