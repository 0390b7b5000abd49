package org.purertc.ice.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A NAT with one outside address between some hosts and the {@link SimNetwork}, RFC 4787. */
public final class SimNat {

  /** The usual kinds; each maps and filters by less or more of the other side's address. */
  public enum Type {
    /** Endpoint-independent mapping and filtering. */
    FULL_CONE(0, 0),
    /** Endpoint-independent mapping, address-dependent filtering. */
    ADDRESS_RESTRICTED(0, 1),
    /** Endpoint-independent mapping, address- and port-dependent filtering. */
    PORT_RESTRICTED(0, 2),
    /** Address-dependent mapping and filtering. */
    ADDRESS_DEPENDENT(1, 1),
    /** Address- and port-dependent mapping and filtering. */
    SYMMETRIC(2, 2);

    private final int mapping;
    private final int filtering;

    Type(int mapping, int filtering) {
      this.mapping = mapping;
      this.filtering = filtering;
    }

    /**
     * Whether two agents behind such NATs find a path with what a STUN server tells them. A NAT
     * that maps each destination to a port of its own is not where its agent believes to be; that
     * works if the other one is, and lets in any port of an address that it has sent to.
     */
    public boolean reaches(Type other) {
      if (mapping == 0 && other.mapping == 0) {
        return true;
      }
      return mapping == 0 && filtering < 2 || other.mapping == 0 && other.filtering < 2;
    }
  }

  /** A mapping exists for this inside address and this part of the destination. */
  private record Key(InetSocketAddress inside, @Nullable Object destination) {}

  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 40_000;

  private final Type type;
  private final boolean hairpins;
  private final InetAddress outside;
  private final SplittableRandom random;
  private final Set<InetAddress> inside = new HashSet<>();
  private final Map<Key, Integer> mappings = new HashMap<>();
  private final Map<Integer, InetSocketAddress> owners = new HashMap<>();
  private final Map<Integer, Set<Object>> permissions = new HashMap<>();

  SimNat(Type type, boolean hairpins, InetAddress outside, long seed) {
    this.type = type;
    this.hairpins = hairpins;
    this.outside = outside;
    random = new SplittableRandom(seed);
  }

  void add(InetAddress address) {
    inside.add(address);
  }

  boolean isInside(InetAddress address) {
    return inside.contains(address);
  }

  boolean mayPass(InetSocketAddress to) {
    return hairpins || !to.getAddress().equals(outside);
  }

  /** The source address as the destination sees it; opens the way back. */
  public InetSocketAddress outbound(InetSocketAddress from, InetSocketAddress to) {
    Key key = new Key(from, part(type.mapping, to));
    Integer port = mappings.get(key);
    if (port == null) {
      port = freePort();
      mappings.put(key, port);
      owners.put(port, from);
    }
    permissions.computeIfAbsent(port, each -> new HashSet<>()).add(filter(to));
    return new InetSocketAddress(outside, port);
  }

  private int freePort() {
    int port = FIRST_PORT + random.nextInt(PORTS);
    while (owners.containsKey(port)) {
      port = FIRST_PORT + random.nextInt(PORTS);
    }
    return port;
  }

  /** Whom a datagram from outside is for; null when it is filtered. */
  @Nullable InetSocketAddress inbound(InetSocketAddress from, InetSocketAddress to) {
    Set<Object> allowed = permissions.get(to.getPort());
    boolean passes = allowed != null && allowed.contains(filter(from));
    return passes ? owners.get(to.getPort()) : null;
  }

  private Object filter(InetSocketAddress remote) {
    Object part = part(type.filtering, remote);
    return part == null ? "anybody" : part;
  }

  private static @Nullable Object part(int dependence, InetSocketAddress remote) {
    return switch (dependence) {
      case 0 -> null;
      case 1 -> remote.getAddress();
      default -> remote;
    };
  }

  /** Forgets all mappings, as after a power cut: what comes next has new ports. */
  public void rebind() {
    mappings.clear();
    owners.clear();
    permissions.clear();
  }
}
