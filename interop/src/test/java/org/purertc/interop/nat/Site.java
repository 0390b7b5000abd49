package org.purertc.interop.nat;

import org.purertc.interop.network.IsolatedNamespace;

/** A host in a local network behind a NAT. */
final class Site implements AutoCloseable {
  private final IsolatedNamespace internet;
  private final IsolatedNamespace nat = new IsolatedNamespace();
  private final IsolatedNamespace host = new IsolatedNamespace();
  private final String subnet;
  private final String socket;
  private NatType type;
  private String address;

  /**
   * @param number the host is 10.number.0.2 and the NAT 203.0.113.number
   */
  Site(IsolatedNamespace internet, String bridge, int number, NatType type) {
    this.internet = internet;
    this.type = type;
    subnet = "10." + number + ".0.";
    socket = "site" + number;
    address = subnet + 2;
    nat.ip("link", "add", "wan", "type", "veth", "peer", "name", socket, "netns", internet.name());
    internet.ip("link", "set", socket, "master", bridge, "up");
    nat.ip("link", "add", "lan", "type", "veth", "peer", "name", "eth0", "netns", host.name());
    nat.ip("addr", "add", subnet + "1/24", "dev", "lan");
    nat.ip("link", "set", "lan", "up");
    nat.ip("link", "set", "wan", "up");
    host.ip("link", "set", "eth0", "up");
    nat.run("1", "tee", "/proc/sys/net/ipv4/ip_forward");
    moveNat(number);
    moveHost(2);
  }

  IsolatedNamespace host() {
    return host;
  }

  /** Another NAT, which knows nothing of what went through the one before. */
  void nat(NatType newType) {
    type = newType;
    nat.run(type.rules(address), "nft", "-f", "-");
    forget();
  }

  /** The NAT loses its mappings, as after a power cut. */
  void forget() {
    nat.run("", "conntrack", "-F");
  }

  /** The host gets the address 10.x.0.{@code last} in place of the one it has. */
  void moveHost(int last) {
    address = subnet + last;
    host.ip("addr", "flush", "dev", "eth0");
    host.ip("addr", "add", address + "/24", "dev", "eth0");
    host.ip("route", "replace", "default", "via", subnet + 1);
    nat(type);
  }

  /** The NAT gets the address 203.0.113.{@code last} in place of the one it has. */
  void moveNat(int last) {
    nat.ip("addr", "flush", "dev", "wan");
    nat.ip("addr", "add", "203.0.113." + last + "/24", "dev", "wan");
    forget();
  }

  /** Pulls the NAT's cable: nothing gets through until {@link #plug}. */
  void unplug() {
    internet.ip("link", "set", socket, "down");
  }

  void plug() {
    internet.ip("link", "set", socket, "up");
  }

  @Override
  public void close() {
    host.close();
    nat.close();
  }
}
