package org.purertc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.DescriptionType;
import org.purertc.internal.peer.Descriptions;
import org.purertc.internal.peer.Descriptions.Described;

/** What a user reads of a peer connection: the loop writes, any thread reads. */
final class PeerSnapshot {
  volatile RTCSignalingState signalingState = RTCSignalingState.STABLE;
  volatile RTCIceGatheringState iceGatheringState = RTCIceGatheringState.NEW;
  volatile RTCIceConnectionState iceConnectionState = RTCIceConnectionState.NEW;
  volatile RTCPeerConnectionState connectionState = RTCPeerConnectionState.NEW;
  volatile @Nullable String pathFailure;
  volatile @Nullable String dataFailure;
  volatile Descriptions descriptions = Descriptions.NONE;
  volatile boolean dataNegotiated;
  volatile boolean negotiationNeeded;

  final RTCSctpTransport sctp;

  private final Runnable refresh;
  private final List<RTCDtlsTransport> transports = new CopyOnWriteArrayList<>();

  /**
   * @param refresh asks the loop for a new snapshot of the path
   */
  PeerSnapshot(Runnable refresh) {
    this.refresh = refresh;
    sctp = new RTCSctpTransport(dtls(0));
  }

  /** The transport with the index that descriptions give it; made when it is first asked for. */
  synchronized RTCDtlsTransport dtls(int index) {
    while (transports.size() <= index) {
      transports.add(new RTCDtlsTransport(new RTCIceTransport(refresh)));
    }
    return transports.get(index);
  }

  /** What failed first from below: the path, or on a sound path the association. */
  @Nullable String failureReason() {
    String path = pathFailure;
    return path == null ? dataFailure : path;
  }

  @Nullable RTCSessionDescription localDescription() {
    return described(descriptions.local());
  }

  @Nullable RTCSessionDescription remoteDescription() {
    return described(descriptions.remote());
  }

  /** W3C WebRTC section 4.4.1.5: everything is closed at once. */
  void close() {
    signalingState = RTCSignalingState.CLOSED;
    iceConnectionState = RTCIceConnectionState.CLOSED;
    connectionState = RTCPeerConnectionState.CLOSED;
    for (RTCDtlsTransport transport : transports) {
      transport.iceTransport().state(RTCIceTransportState.CLOSED);
      transport.state(RTCDtlsTransportState.CLOSED);
    }
    sctp.state(RTCSctpTransportState.CLOSED);
  }

  static @Nullable RTCSessionDescription described(@Nullable Described described) {
    return described == null
        ? null
        : new RTCSessionDescription(type(described.type()), described.description().toString());
  }

  private static RTCSdpType type(DescriptionType type) {
    return RTCSdpType.valueOf(type.name());
  }
}
