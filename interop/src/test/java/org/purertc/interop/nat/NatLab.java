package org.purertc.interop.nat;

import org.purertc.interop.network.IsolatedNamespace;

/**
 * Two sites and an internet between them, of network namespaces without a way out. Needs root,
 * nftables and conntrack.
 */
final class NatLab implements AutoCloseable {
  /** Where servers are. */
  static final String SERVER = "203.0.113.10";

  private static final String BRIDGE = "bridge0";

  private final IsolatedNamespace internet = new IsolatedNamespace();
  final Site a;
  final Site b;

  NatLab(NatType ofA, NatType ofB) {
    internet.ip("link", "add", BRIDGE, "type", "bridge");
    internet.ip("addr", "add", SERVER + "/24", "dev", BRIDGE);
    internet.ip("link", "set", BRIDGE, "up");
    // To where nobody answers, as private addresses are in the real one.
    internet.ip("route", "add", "default", "dev", BRIDGE);
    a = new Site(internet, BRIDGE, 1, ofA);
    b = new Site(internet, BRIDGE, 2, ofB);
  }

  IsolatedNamespace internet() {
    return internet;
  }

  @Override
  public void close() {
    a.close();
    b.close();
    internet.close();
  }
}
