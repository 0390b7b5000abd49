package org.purertc.ice;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.IceTransports.Addresses;

/**
 * Which sockets transports have on this host, and what they tell the other side of them.
 *
 * @param addresses which local addresses are taken at all
 * @param local which of those are taken; called on any loop
 * @param remote which addresses may be sent checks and may send them; called on any loop
 * @param natMappings at most one for each local address and one for the rest of a family
 * @param tellsMapped whether a mapped address's host candidate is told besides its public one
 * @param ports where each transport binds ports of its own
 * @param sharedPort the one port of all transports, or 0 for ports of their own
 * @param unknown takes what comes to the shared port and belongs to nobody
 * @param activeTcp whether connections are opened to TCP candidates of the other side
 * @param tcpPort the one port of all transports where connections are taken, or 0 for none
 * @param continual whether addresses that come after the end of gathering begin it again, instead
 *     of waiting for a restart before the other side is told of them
 * @param hidesAddresses whether names of multicast DNS are told instead of local addresses
 */
public record HostPolicy(
    Addresses addresses,
    Predicate<InetAddress> local,
    Predicate<InetAddress> remote,
    List<NatMapping> natMappings,
    boolean tellsMapped,
    PortRange ports,
    int sharedPort,
    @Nullable UnknownDatagramListener unknown,
    boolean activeTcp,
    int tcpPort,
    boolean continual,
    boolean hidesAddresses) {

  /** UDP ports of their own on these addresses, as browsers have them. */
  public static HostPolicy of(Addresses addresses) {
    return builder(addresses).build();
  }

  /** Begins with {@link #of}. */
  public static Builder builder(Addresses addresses) {
    return new Builder(addresses);
  }

  /** The same but for whether connections are opened to TCP candidates of the other side. */
  HostPolicy withActiveTcp(boolean active) {
    return new HostPolicy(
        addresses,
        local,
        remote,
        natMappings,
        tellsMapped,
        ports,
        sharedPort,
        unknown,
        active,
        tcpPort,
        continual,
        hidesAddresses);
  }

  /** Each method sets the components of its name. */
  public static final class Builder {
    private final Addresses addresses;
    private Predicate<InetAddress> local = any -> true;
    private Predicate<InetAddress> remote = any -> true;
    private List<NatMapping> natMappings = List.of();
    private boolean tellsMapped;
    private PortRange ports = PortRange.ANY;
    private int sharedPort;
    private @Nullable UnknownDatagramListener unknown;
    private boolean activeTcp;
    private int tcpPort;
    private boolean continual;
    private boolean hidesAddresses;

    private Builder(Addresses addresses) {
      this.addresses = addresses;
    }

    public Builder filters(Predicate<InetAddress> locals, Predicate<InetAddress> remotes) {
      local = locals;
      remote = remotes;
      return this;
    }

    public Builder natMappings(List<NatMapping> mappings, boolean tells) {
      natMappings = List.copyOf(mappings);
      tellsMapped = tells;
      return this;
    }

    public Builder ports(PortRange range) {
      ports = range;
      return this;
    }

    public Builder sharedPort(int port, @Nullable UnknownDatagramListener listener) {
      sharedPort = port;
      unknown = listener;
      return this;
    }

    public Builder tcp(boolean active, int port) {
      activeTcp = active;
      tcpPort = port;
      return this;
    }

    public Builder continual(boolean begins) {
      continual = begins;
      return this;
    }

    public Builder hidesAddresses(boolean hides) {
      hidesAddresses = hides;
      return this;
    }

    public HostPolicy build() {
      return new HostPolicy(
          addresses,
          local,
          remote,
          natMappings,
          tellsMapped,
          ports,
          sharedPort,
          unknown,
          activeTcp,
          tcpPort,
          continual,
          hidesAddresses);
    }
  }
}
