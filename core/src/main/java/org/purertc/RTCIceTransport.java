package org.purertc;

import org.jspecify.annotations.Nullable;
import org.purertc.ice.CandidateServer;
import org.purertc.ice.IceRole;
import org.purertc.internal.peer.PathSnapshot;

/**
 * The path to the remote peer. Reads are snapshots, from any thread.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicetransport">WebRTC 5.6, RTCIceTransport</a>
 */
public final class RTCIceTransport {
  private final Runnable refresh;
  private volatile RTCIceTransportState state = RTCIceTransportState.NEW;
  private volatile @Nullable PathSnapshot path;

  /**
   * @param refresh asks the loop for a new snapshot
   */
  RTCIceTransport(Runnable refresh) {
    this.refresh = refresh;
  }

  /** Whether we nominate the pair; unknown before negotiation. */
  public RTCIceRole role() {
    PathSnapshot current = path;
    if (current == null) {
      return RTCIceRole.UNKNOWN;
    }
    return current.role() == IceRole.CONTROLLING ? RTCIceRole.CONTROLLING : RTCIceRole.CONTROLLED;
  }

  /** The state of connectivity checks and consent. */
  public RTCIceTransportState state() {
    return state;
  }

  /** The pair that carries data; null before there is one. */
  public @Nullable RTCIceCandidatePair getSelectedCandidatePair() {
    PathSnapshot current = path;
    if (current == null || current.local() == null || current.remote() == null) {
      return null;
    }
    CandidateServer server = current.server();
    return new RTCIceCandidatePair(
        new RTCIceCandidate(
            current.local(),
            null,
            0,
            null,
            server == null ? null : server.relayProtocol(),
            server == null ? null : server.url()),
        new RTCIceCandidate(current.remote(), null, 0));
  }

  /**
   * The round trip that connectivity and consent checks last measured.
   *
   * @return milliseconds, NaN before the first
   */
  public double roundTripTimeMs() {
    refresh.run();
    PathSnapshot current = path;
    return current == null || current.roundTripNs() < 0
        ? Double.NaN
        : current.roundTripNs() / 1_000_000.0;
  }

  void state(RTCIceTransportState next) {
    state = next;
  }

  void path(PathSnapshot next) {
    path = next;
  }
}
