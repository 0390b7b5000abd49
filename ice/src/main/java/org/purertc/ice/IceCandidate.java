package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.mdns.LocalName;

/**
 * A candidate, RFC 8445 section 5.1.
 *
 * @param priority 1 to 2^31 - 1, RFC 8445 section 5.1.2
 * @param address made with its {@code LocalName} when the other side is told that instead; a remote
 *     candidate's may be such a name unresolved
 * @param relatedAddress base of a reflexive or relayed candidate, where known
 * @param server of a local candidate, the server that it was learnt from
 * @param tcpType of a TCP candidate, RFC 6544 section 4.5; null for UDP
 */
public record IceCandidate(
    String foundation,
    int component,
    long priority,
    InetSocketAddress address,
    CandidateType type,
    @Nullable InetSocketAddress relatedAddress,
    @Nullable CandidateServer server,
    @Nullable TcpType tcpType) {

  /** A UDP candidate that no server told us. */
  public IceCandidate(
      String foundation,
      int component,
      long priority,
      InetSocketAddress address,
      CandidateType type,
      @Nullable InetSocketAddress relatedAddress) {
    this(foundation, component, priority, address, type, relatedAddress, null, null);
  }

  /** The same over TCP. */
  public IceCandidate withTcpType(@Nullable TcpType type) {
    return new IceCandidate(
        foundation, component, priority, address, this.type, relatedAddress, server, type);
  }

  public boolean isTcp() {
    return tcpType != null;
  }

  /** RFC 8445 section 4: a transport address is an address, a port and a transport protocol. */
  public boolean hasTransportAddressOf(IceCandidate other) {
    return isTcp() == other.isTcp() && address.equals(other.address);
  }

  /** Whether who was told this one knows the other's transport address. */
  boolean tellsAddressOf(IceCandidate other) {
    return hasTransportAddressOf(other)
        && Objects.equals(LocalName.of(address), LocalName.of(other.address));
  }

  /** The same elsewhere. */
  IceCandidate withAddress(InetSocketAddress other) {
    return new IceCandidate(
        foundation, component, priority, other, type, relatedAddress, server, tcpType);
  }
}
