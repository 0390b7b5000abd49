package org.purertc.sdp;

import java.util.List;

/**
 * The {@code o=} line, RFC 8866 section 5.2.
 *
 * @param sessionId decimal digits, of any length
 * @param sessionVersion decimal digits, of any length
 */
public record Origin(
    String username, String sessionId, String sessionVersion, ConnectionData connection) {

  public Origin {
    Syntax.checkWord(username, "user name");
    Syntax.checkDigits(sessionId, "session id");
    Syntax.checkDigits(sessionVersion, "session version");
  }

  static Origin of(String value) {
    List<String> parts = Syntax.fields(value);
    Syntax.require(parts.size() == 6, "o= needs six fields");
    ConnectionData connection = new ConnectionData(parts.get(3), parts.get(4), parts.get(5));
    return new Origin(parts.get(0), parts.get(1), parts.get(2), connection);
  }

  @Override
  public String toString() {
    return username + " " + sessionId + " " + sessionVersion + " " + connection;
  }
}
