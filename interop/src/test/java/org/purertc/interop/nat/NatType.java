package org.purertc.interop.nat;

/** How a NAT maps and filters UDP (RFC 4787), as rules of nftables. */
enum NatType {
  /** Endpoint-independent mapping and filtering: whoever knows the port gets in. */
  FULL("iif wan udp dport 1024-65535 dnat to HOST", "masquerade", "accept"),

  /** Endpoint-independent mapping, address-dependent filtering. */
  ADDRESS("iif wan ip saddr @seen udp dport 1024-65535 dnat to HOST", "masquerade", "accept"),

  /** Endpoint-independent mapping, address- and port-dependent filtering. */
  PORT("", "masquerade", "accept"),

  /** Address- and port-dependent mapping and filtering. */
  SYMMETRIC("", "masquerade random,fully-random", "accept"),

  /** A firewall that lets TCP out to the ports of web and TURN servers, and nothing else. */
  UDP_BLOCKED(
      "", "masquerade", "ct state established accept; tcp dport { 443, 3478 } accept; drop");

  private final String inbound;
  private final String outbound;
  private final String forward;

  NatType(String inbound, String outbound, String forward) {
    this.inbound = inbound;
    this.outbound = outbound;
    this.forward = forward;
  }

  /**
   * Whether two peers behind such NATs find a path without a relay, with what STUN servers tell
   * them. A NAT that maps each destination to a port of its own is not where its peer believes to
   * be; that works if the other one is, and lets in any port of an address that it has sent to.
   */
  boolean reaches(NatType other) {
    if (this == UDP_BLOCKED || other == UDP_BLOCKED) {
      return false;
    }
    return isFound() && other.isFound()
        || isFound() && !filtersPorts()
        || other.isFound() && !other.filtersPorts();
  }

  private boolean isFound() {
    return this != SYMMETRIC;
  }

  private boolean filtersPorts() {
    return this == PORT || this == SYMMETRIC;
  }

  /** What {@code nft} reads; masquerading keeps the port of the host where it can. */
  String rules(String host) {
    return """
    flush ruleset
    table ip nat {
      set seen { type ipv4_addr; flags dynamic,timeout; timeout 60s; }
      chain before { type nat hook prerouting priority -100; %s; }
      chain after { type nat hook postrouting priority 100; oif wan %s; }
      chain through {
        type filter hook forward priority 0; policy drop;
        oif wan meta l4proto udp update @seen { ip daddr }
        %s
      }
      chain to { type filter hook input priority 0; iif wan drop; }
    }
    """
        .formatted(inbound.replace("HOST", host), outbound, forward);
  }
}
