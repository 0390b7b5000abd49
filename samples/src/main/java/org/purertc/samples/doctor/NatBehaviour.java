package org.purertc.samples.doctor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What RFC 4787 sections 4.1 and 5 call how a NAT maps, or filters. */
enum NatBehaviour {
  ENDPOINT_INDEPENDENT("endpoint-independent"),
  ADDRESS_DEPENDENT("address-dependent"),
  ADDRESS_AND_PORT_DEPENDENT("address- and port-dependent"),
  /** One of the two above: what was asked does not tell which. */
  DEPENDENT("address-dependent, or address- and port-dependent"),
  UNKNOWN("not known");

  private final String words;

  NatBehaviour(String words) {
    this.words = words;
  }

  /** As RFC 4787 has it. */
  String words() {
    return words;
  }

  /** One port of this machine, as one server sees it. */
  record Mapping(InetSocketAddress server, InetSocketAddress mapped) {
    private boolean sameAddress(Mapping other) {
      return address(server).equals(address(other.server));
    }

    private boolean differs(Mapping other) {
      return !mapped.equals(other.mapped);
    }

    private static InetAddress address(InetSocketAddress of) {
      return of.getAddress();
    }
  }

  /**
   * How the NAT maps; a conclusion needs two servers, or one with two addresses, RFC 5780 section
   * 4.3. Mappings of one port and one family only.
   */
  static NatBehaviour ofMappings(List<Mapping> mappings) {
    boolean otherAddresses = false;
    boolean addressMatters = false;
    boolean otherPorts = false;
    for (int i = 0; i < mappings.size(); i++) {
      Mapping a = mappings.get(i);
      for (Mapping b : mappings.subList(i + 1, mappings.size())) {
        boolean isOtherPort = a.sameAddress(b) && a.server().getPort() != b.server().getPort();
        if (isOtherPort && a.differs(b)) {
          return ADDRESS_AND_PORT_DEPENDENT;
        }
        otherPorts |= isOtherPort;
        otherAddresses |= !a.sameAddress(b);
        addressMatters |= !a.sameAddress(b) && a.differs(b);
      }
    }
    if (addressMatters) {
      return otherPorts ? ADDRESS_DEPENDENT : DEPENDENT;
    }
    return otherAddresses ? ENDPOINT_INDEPENDENT : UNKNOWN;
  }

  /**
   * How the NAT (or a firewall) filters, RFC 5780 section 4.4.
   *
   * @param fromOtherAddress whether an answer from elsewhere got in; null when that was not asked
   * @param fromOtherPort the same from the server's address, but another port
   */
  static NatBehaviour ofFiltering(
      @Nullable Boolean fromOtherAddress, @Nullable Boolean fromOtherPort) {
    if (fromOtherAddress == null) {
      return UNKNOWN;
    }
    if (fromOtherAddress) {
      return ENDPOINT_INDEPENDENT;
    }
    if (fromOtherPort == null) {
      return UNKNOWN;
    }
    return fromOtherPort ? ADDRESS_DEPENDENT : ADDRESS_AND_PORT_DEPENDENT;
  }
}
