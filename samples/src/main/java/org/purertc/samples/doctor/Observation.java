package org.purertc.samples.doctor;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the doctor saw; no conclusions.
 *
 * @param addresses of this machine, loopback and link-local ones left out
 * @param nat null when no STUN server answered
 * @param relayed what passed through those ways to TURN servers that were tried with data
 * @param server null when none was given
 * @param thisMachine URLs of those servers that run on this machine: what they answer tells nothing
 *     about the network
 */
record Observation(
    List<LocalAddress> addresses,
    List<Stun> stun,
    @Nullable Nat nat,
    List<Turn> turn,
    List<Relayed> relayed,
    @Nullable Server server,
    Set<String> thisMachine) {

  /** An address and the interface that has it. */
  record LocalAddress(String address, String networkInterface) {}

  /** How asking a server ended. */
  enum Reach {
    ANSWERS,
    SILENT,
    UNKNOWN_HOST
  }

  /**
   * A STUN server that was asked by UDP.
   *
   * @param mapped as it sees this machine; null without an answer
   */
  record Stun(String url, Reach reach, @Nullable InetSocketAddress mapped, long roundTripMs) {}

  /**
   * What is between this machine and the servers.
   *
   * @param translated whether a server sees another address than this machine has
   */
  record Nat(boolean translated, NatBehaviour mapping, NatBehaviour filtering) {}

  /**
   * One way to a TURN server.
   *
   * @param protocol udp, tcp or tls
   * @param asked whether the user named this very way; else it was tried besides
   * @param relayAddress what the server gave; null when it gave none
   * @param errorCode the server's; {@link #UNREACHABLE} when it did not answer
   * @param errorText one line
   */
  record Turn(
      String url,
      String protocol,
      boolean asked,
      @Nullable String relayAddress,
      int errorCode,
      String errorText,
      long ms) {
    /** W3C's code for a server that cannot be reached. */
    static final int UNREACHABLE = 701;
  }

  /** Between whom a relay address carries data. */
  enum Passage {
    /** Between it and an address of this machine. */
    DIRECT,
    /** Between it and a second one of the same server. */
    BETWEEN_RELAYS,
    NONE
  }

  /**
   * What came through a relay address.
   *
   * @param bandwidth null when nothing did
   */
  record Relayed(String url, String protocol, Passage passage, @Nullable Bandwidth bandwidth) {}

  /**
   * A PureRTC server.
   *
   * @param reason why there is no room or no connection; null when there is
   * @param bandwidth null when no bytes came back
   */
  record Server(
      String url, boolean reached, @Nullable String reason, @Nullable Bandwidth bandwidth) {}

  /**
   * What a data channel carried.
   *
   * @param path the types of the two candidates, such as {@code host to host}
   * @param protocol udp or tcp
   */
  record Bandwidth(long bitsPerSecond, double roundTripMs, String path, String protocol) {}
}
