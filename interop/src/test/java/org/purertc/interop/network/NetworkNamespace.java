package org.purertc.interop.network;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace of this test's own. A veth pair joins it to this process and to nothing else;
 * both ends go when it is closed, or when this JVM ends. Needs root.
 */
public final class NetworkNamespace implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int SUBNETS = 256;
  private static final String INSIDE_CABLE = "eth0";

  private final IsolatedNamespace namespace = new IsolatedNamespace();
  private final String subnet;
  private final String cable;

  public NetworkNamespace() {
    int number = claim();
    subnet = "10.100." + number;
    cable = cable(number);
    IsolatedNamespace.outside("addr", "add", outside() + "/24", "dev", cable);
    plug();
    namespace.ip("addr", "add", inside() + "/24", "dev", INSIDE_CABLE);
    namespace.ip("link", "set", INSIDE_CABLE, "up");
  }

  /**
   * Makes the cable; its number is that of its subnet. Other JVMs may do the same now: the kernel
   * gives a name to one cable only, and the others try the next.
   */
  private int claim() {
    for (int left = SUBNETS - 1; ; left--) {
      int number = COUNT.incrementAndGet() % SUBNETS;
      try {
        IsolatedNamespace.outside(
            "link",
            "add",
            cable(number),
            "type",
            "veth",
            "peer",
            "name",
            INSIDE_CABLE,
            "netns",
            namespace.name());
        return number;
      } catch (IllegalStateException taken) {
        if (left == 0) {
          throw taken;
        }
      }
    }
  }

  private static String cable(int number) {
    return "purertc-" + number;
  }

  /** The address of this process's end. */
  public String outside() {
    return subnet + ".1";
  }

  /** The address inside. */
  public String inside() {
    return subnet + ".2";
  }

  /**
   * One more address of this process's end.
   *
   * @param host its last number, 3 to 254
   */
  public String addOutside(int host) {
    String address = subnet + "." + host;
    IsolatedNamespace.outside("addr", "add", address + "/24", "dev", cable);
    return address;
  }

  public void removeOutside(String address) {
    IsolatedNamespace.outside("addr", "del", address + "/24", "dev", cable);
  }

  /** From now on this process's end has an IPv6 address and no other. */
  public void useIpv6() {
    IsolatedNamespace.outside("addr", "flush", "dev", cable);
    IsolatedNamespace.outside(
        "addr",
        "add",
        "fd00:" + subnet.substring(3).replace('.', ':') + "::1/64",
        "dev",
        cable,
        "nodad");
    IsolatedNamespace.outside("addr", "add", "fe80::1/64", "dev", cable, "nodad");
  }

  /** The name of the interface of this process's end. */
  public String cable() {
    return cable;
  }

  /**
   * A default route into the cable, where nobody answers for foreign addresses: browsers tell the
   * address of their default route, and no other, to pages that have no camera.
   */
  public void addDefaultRoute() {
    namespace.ip("route", "add", "default", "dev", INSIDE_CABLE);
  }

  /** Names ending in {@code .local} are asked for over the cable, and answered. */
  public void addMulticastRoute() {
    namespace.ip("route", "add", "224.0.0.0/4", "dev", INSIDE_CABLE);
  }

  /** Pulls the cable: nothing gets through until {@link #plug}. */
  public void unplug() {
    IsolatedNamespace.outside("link", "set", cable, "down");
  }

  /** Puts the cable back. */
  public void plug() {
    IsolatedNamespace.outside("link", "set", cable, "up");
  }

  /** The command that runs another one inside. */
  public List<String> command(List<String> command) {
    return namespace.command(command);
  }

  @Override
  public void close() {
    namespace.close();
  }
}
