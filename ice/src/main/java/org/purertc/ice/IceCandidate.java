package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.mdns.LocalName;

/**
 * A UDP candidate, RFC 8445 section 5.1.
 *
 * @param priority 1 to 2^31 - 1, RFC 8445 section 5.1.2
 * @param address made with its {@code LocalName} when the other side is told that instead; a remote
 *     candidate's may be such a name unresolved
 * @param relatedAddress base of a reflexive or relayed candidate, where known
 * @param server of a local candidate, the server that it was learnt from
 */
public record IceCandidate(
    String foundation,
    int component,
    long priority,
    InetSocketAddress address,
    CandidateType type,
    @Nullable InetSocketAddress relatedAddress,
    @Nullable CandidateServer server) {

  /** A candidate that no server told us. */
  public IceCandidate(
      String foundation,
      int component,
      long priority,
      InetSocketAddress address,
      CandidateType type,
      @Nullable InetSocketAddress relatedAddress) {
    this(foundation, component, priority, address, type, relatedAddress, null);
  }

  /** Whether who was told this one knows the other's transport address. */
  boolean tellsAddressOf(IceCandidate other) {
    return address.equals(other.address)
        && Objects.equals(LocalName.of(address), LocalName.of(other.address));
  }

  /** The same elsewhere. */
  IceCandidate withAddress(InetSocketAddress other) {
    return new IceCandidate(foundation, component, priority, other, type, relatedAddress, server);
  }
}
