package org.purertc.ice.internal;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What we ask a STUN or TURN server, RFC 8489 section 3 and RFC 8656 section 18.
 *
 * @param lifetimeSeconds what LIFETIME asks for, or -1 for no such attribute
 * @param ipv6 whether REQUESTED-ADDRESS-FAMILY asks for IPv6
 * @param peer XOR-PEER-ADDRESS
 * @param channel CHANNEL-NUMBER, or 0
 */
public record ServerRequest(
    Method method,
    int lifetimeSeconds,
    boolean ipv6,
    @Nullable InetSocketAddress peer,
    int channel) {

  private static final int NO_LIFETIME = -1;

  /** The methods of RFC 8489 and RFC 8656 with their numbers. */
  public enum Method {
    BINDING(0x001),
    ALLOCATE(0x003),
    REFRESH(0x004),
    SEND(0x006),
    DATA(0x007),
    CREATE_PERMISSION(0x008),
    CHANNEL_BIND(0x009);

    final int number;

    Method(int number) {
      this.number = number;
    }
  }

  /** Which address we have there, RFC 8489 section 3. */
  public static ServerRequest binding() {
    return new ServerRequest(Method.BINDING, NO_LIFETIME, false, null, 0);
  }

  /** A relayed address for UDP, RFC 8656 section 7.1. */
  public static ServerRequest allocate(boolean ipv6) {
    return new ServerRequest(Method.ALLOCATE, NO_LIFETIME, ipv6, null, 0);
  }

  /** Keeps the allocation for so long; 0 ends it, RFC 8656 section 8.1. */
  public static ServerRequest refresh(int lifetimeSeconds) {
    return new ServerRequest(Method.REFRESH, lifetimeSeconds, false, null, 0);
  }

  /** Lets datagrams of this peer's address through, RFC 8656 section 10.1. */
  public static ServerRequest createPermission(InetSocketAddress peer) {
    return new ServerRequest(Method.CREATE_PERMISSION, NO_LIFETIME, false, peer, 0);
  }

  /** Gives a peer a channel, RFC 8656 section 12.1. */
  public static ServerRequest channelBind(int channel, InetSocketAddress peer) {
    return new ServerRequest(Method.CHANNEL_BIND, NO_LIFETIME, false, peer, channel);
  }
}
