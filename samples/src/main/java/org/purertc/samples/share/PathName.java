package org.purertc.samples.share;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCIceCandidatePair;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSctpTransport;

/** How the bytes of a connection go, in words. */
final class PathName {
  /**
   * RFC 8839 section 5.1: candidate:foundation component transport priority address port typ type.
   */
  private static final int ADDRESS = 4;

  private static final int TYPE = 7;

  private PathName() {}

  static String of(RTCPeerConnection peer) {
    RTCSctpTransport sctp = peer.sctp();
    return of(sctp == null ? null : sctp.transport().iceTransport().getSelectedCandidatePair());
  }

  static String of(@Nullable RTCIceCandidatePair pair) {
    if (pair == null) {
      return "path unknown";
    }
    List<String> local = fields(pair.local());
    List<String> remote = fields(pair.remote());
    if (local.size() <= TYPE || remote.size() <= TYPE) {
      return "path unknown";
    }
    boolean relayed = local.get(TYPE).equals("relay") || remote.get(TYPE).equals("relay");
    String version = local.get(ADDRESS).indexOf(':') < 0 ? "IPv4" : "IPv6";
    return (relayed ? "relayed" : "direct")
        + " over "
        + version
        + " ("
        + shorter(local.get(ADDRESS))
        + " to "
        + shorter(remote.get(ADDRESS))
        + ")";
  }

  /** Java writes all the zeros of an IPv6 address. */
  private static String shorter(String address) {
    return address.replaceFirst("(?:^|:)0(?::0)+(?::|$)", "::");
  }

  private static List<String> fields(RTCIceCandidate candidate) {
    return List.of(candidate.candidate().split(" ", -1));
  }
}
