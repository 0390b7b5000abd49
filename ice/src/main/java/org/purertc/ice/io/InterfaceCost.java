package org.purertc.ice.io;

import java.util.List;

/**
 * How dear it is to send over an interface, guessed from its name, as Java does not tell its kind.
 * The figures are those that browsers write as {@code network-cost} into candidates.
 */
final class InterfaceCost {

  static final int ETHERNET = 0;
  static final int WIRELESS = 10;
  static final int UNKNOWN = 50;

  /** Goes over another interface, and adds to its cost. */
  static final int TUNNEL = 100;

  static final int CELLULAR = 900;

  /** Of containers and virtual machines: leads nowhere but into this host. */
  static final int INTERNAL = 999;

  private record Prefix(String start, int cost) {}

  /** The longest one that fits decides; systemd's names are those of Linux. */
  private static final List<Prefix> PREFIXES =
      List.of(
          new Prefix("eth", ETHERNET),
          new Prefix("en", ETHERNET),
          new Prefix("em", ETHERNET),
          new Prefix("bond", ETHERNET),
          new Prefix("wl", WIRELESS),
          new Prefix("wifi", WIRELESS),
          new Prefix("wireless", WIRELESS),
          new Prefix("wwan", CELLULAR),
          new Prefix("wwp", CELLULAR),
          new Prefix("rmnet", CELLULAR),
          new Prefix("pdp_ip", CELLULAR),
          new Prefix("tun", TUNNEL),
          new Prefix("tap", TUNNEL),
          new Prefix("utun", TUNNEL),
          new Prefix("ipsec", TUNNEL),
          new Prefix("wg", TUNNEL),
          new Prefix("tailscale", TUNNEL),
          new Prefix("zt", TUNNEL),
          new Prefix("ppp", TUNNEL),
          new Prefix("docker", INTERNAL),
          new Prefix("br-", INTERNAL),
          new Prefix("veth", INTERNAL),
          new Prefix("virbr", INTERNAL),
          new Prefix("vmnet", INTERNAL),
          new Prefix("vboxnet", INTERNAL),
          new Prefix("vethernet", INTERNAL),
          new Prefix("lxc", INTERNAL),
          new Prefix("lxd", INTERNAL),
          new Prefix("cni", INTERNAL),
          new Prefix("flannel", INTERNAL),
          new Prefix("cali", INTERNAL),
          new Prefix("podman", INTERNAL));

  private InterfaceCost() {}

  static int of(String name, boolean pointToPoint) {
    int length = 0;
    int cost = pointToPoint ? TUNNEL : UNKNOWN;
    for (Prefix prefix : PREFIXES) {
      if (name.startsWith(prefix.start) && prefix.start.length() > length) {
        length = prefix.start.length();
        cost = prefix.cost;
      }
    }
    return cost;
  }
}
