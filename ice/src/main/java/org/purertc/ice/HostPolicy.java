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
 * @param hidesAddresses whether names of multicast DNS are told instead of local addresses
 * @param unknown takes what comes to the shared port and belongs to nobody
 */
public record HostPolicy(
    Addresses addresses,
    Predicate<InetAddress> local,
    Predicate<InetAddress> remote,
    List<NatMapping> natMappings,
    boolean tellsMapped,
    PortRange ports,
    int sharedPort,
    boolean hidesAddresses,
    @Nullable UnknownDatagramListener unknown) {

  /** Ports of their own on these addresses, as browsers have them. */
  public static HostPolicy of(Addresses addresses) {
    return new HostPolicy(
        addresses, any -> true, any -> true, List.of(), false, PortRange.ANY, 0, false, null);
  }

  /** The same with one port for all. */
  public HostPolicy withSharedPort(int port, @Nullable UnknownDatagramListener listener) {
    return new HostPolicy(
        addresses,
        local,
        remote,
        natMappings,
        tellsMapped,
        PortRange.ANY,
        port,
        hidesAddresses,
        listener);
  }

  /** The same with names of multicast DNS. */
  public HostPolicy withHiddenAddresses() {
    return new HostPolicy(
        addresses, local, remote, natMappings, tellsMapped, ports, sharedPort, true, unknown);
  }
}
