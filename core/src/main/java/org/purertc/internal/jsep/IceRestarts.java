package org.purertc.internal.jsep;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

/** Which descriptions of ours get new ICE credentials, RFC 9429 sections 5.2.2 and 5.3.1. */
final class IceRestarts {
  private final RestartableTransports transports;

  /** W3C WebRTC section 4.4.1.6, [[LocalIceCredentialsToReplace]]: here the ufrags tell them. */
  private final Set<String> toReplace = new HashSet<>();

  IceRestarts(RestartableTransports transports) {
    this.transports = transports;
  }

  /** W3C WebRTC section 4.4.2, restartIce(). */
  void request(NegotiationState state) {
    toReplace.clear();
    toReplace.addAll(ufrags(state.currentLocal()));
    toReplace.addAll(ufrags(state.pendingLocal()));
  }

  boolean isRequested() {
    return !toReplace.isEmpty();
  }

  /** A negotiation has ended: did it replace what was to be replaced? */
  void settle(NegotiationState stable) {
    Set<String> used = ufrags(stable.currentLocal());
    if (toReplace.stream().noneMatch(used::contains)) {
      toReplace.clear();
    }
  }

  /**
   * Our side of each transport in an offer.
   *
   * @param restarts whether all transports that are in use get new credentials
   */
  LocalTransports inOffer(NegotiationState stable, boolean restarts) {
    return index -> {
      LocalTransport now = transports.transport(index);
      boolean isCurrent =
          stable.transport(index) != null && isIn(stable.currentLocal(), now.iceUfrag());
      boolean isNew = restarts && isCurrent || toReplace.contains(now.iceUfrag());
      return isNew ? transports.restarted(index) : now;
    };
  }

  /**
   * Our side of each transport in an answer: RFC 8839 section 4.4.1.1, a remote offer with other
   * credentials restarts ICE.
   */
  LocalTransports inAnswer(NegotiationState stable, NegotiationState offered) {
    return index -> {
      LocalTransport now = transports.transport(index);
      NegotiatedTransport before = stable.transport(index);
      NegotiatedTransport after = offered.transport(index);
      boolean remoteRestarts = before != null && after != null && !before.isOnPathOf(after);
      boolean isNew = remoteRestarts && isIn(stable.currentLocal(), now.iceUfrag());
      return isNew ? transports.restarted(index) : now;
    };
  }

  private static boolean isIn(@Nullable SessionDescription local, String ufrag) {
    return ufrags(local).contains(ufrag);
  }

  private static Set<String> ufrags(@Nullable SessionDescription description) {
    Set<String> ufrags = new HashSet<>();
    if (description != null) {
      for (MediaDescription section : description.media()) {
        String ufrag = description.iceUfrag(section);
        if (ufrag != null) {
          ufrags.add(ufrag);
        }
      }
    }
    return ufrags;
  }
}
