package org.purertc.sdp;

import java.util.List;

/** The {@code c=} line, RFC 8866 section 5.7. */
public record ConnectionData(String networkType, String addressType, String address) {

  /** RFC 8840 section 4.1: no default candidate is known yet. */
  public static final ConnectionData UNKNOWN = new ConnectionData("IN", "IP4", "0.0.0.0");

  public ConnectionData {
    Syntax.checkToken(networkType, "network type");
    Syntax.checkToken(addressType, "address type");
    Syntax.checkWord(address, "address");
  }

  /** With the address type that the address itself shows. */
  public static ConnectionData ofAddress(String address) {
    return new ConnectionData("IN", address.indexOf(':') >= 0 ? "IP6" : "IP4", address);
  }

  static ConnectionData of(String value) {
    List<String> parts = Syntax.fields(value);
    Syntax.require(parts.size() == 3, "c= needs network type, address type and address");
    return new ConnectionData(parts.get(0), parts.get(1), parts.get(2));
  }

  @Override
  public String toString() {
    return networkType + " " + addressType + " " + address;
  }
}
