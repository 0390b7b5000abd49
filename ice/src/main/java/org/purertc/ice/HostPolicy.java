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
 * @param hidesAddresses whether names of multicast DNS are told instead of local addresses; TCP
 *     candidates, which have no names, are not told then
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
    return new HostPolicy(
        addresses,
        any -> true,
        any -> true,
        List.of(),
        false,
        PortRange.ANY,
        0,
        null,
        false,
        0,
        false,
        false);
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
        listener,
        activeTcp,
        tcpPort,
        continual,
        hidesAddresses);
  }

  /**
   * The same behind a NAT.
   *
   * @param tells whether a mapped address's host candidate is told besides its public one
   */
  public HostPolicy withNatMappings(List<NatMapping> mappings, boolean tells) {
    return new HostPolicy(
        addresses,
        local,
        remote,
        mappings,
        tells,
        ports,
        sharedPort,
        unknown,
        activeTcp,
        tcpPort,
        continual,
        hidesAddresses);
  }

  /** The same with TCP candidates. */
  public HostPolicy withTcp(boolean active, int port) {
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
        port,
        continual,
        hidesAddresses);
  }

  /** The same with gathering that begins again. */
  public HostPolicy withContinualGathering() {
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
        true,
        hidesAddresses);
  }

  /** The same with names of multicast DNS. */
  public HostPolicy withHiddenAddresses() {
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
        true);
  }
}
