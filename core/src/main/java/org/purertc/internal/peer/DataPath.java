package org.purertc.internal.peer;

import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DtlsState;
import org.purertc.internal.jsep.NegotiatedData;
import org.purertc.internal.jsep.NegotiatedTransport;

/** The transport that carries the association of data channels. Loop thread only. */
final class DataPath {
  private final Negotiation negotiation;
  private final Transports transports;
  private final DataSession data;
  private final PeerMediaSession media;
  private boolean connecting;

  /**
   * @param media shares the path and its rate
   */
  DataPath(
      Negotiation negotiation, Transports transports, DataSession data, PeerMediaSession media) {
    this.negotiation = negotiation;
    this.transports = transports;
    this.data = data;
    this.media = media;
  }

  /** Whether data channels are negotiated on that transport. */
  boolean is(int transport) {
    NegotiatedData remote = negotiation.data();
    return remote != null && remote.transport() == transport;
  }

  /** Null while the path that data channels are negotiated on is not protected. */
  private @Nullable TransportSession connected(NegotiatedData remote) {
    TransportSession transport = transports.find(remote.transport());
    return transport != null && transport.dtlsState() == DtlsState.CONNECTED ? transport : null;
  }

  /** SCTP needs a path that DTLS protects and a remote that wants data channels. */
  void connect(long nowNs) {
    NegotiatedData remote = negotiation.data();
    if (connecting || remote == null) {
      return;
    }
    TransportSession transport = connected(remote);
    NegotiatedTransport path = negotiation.transport(remote.transport());
    if (path != null && transport != null) {
      connecting = true;
      data.connect(remote, path.dtlsClient(), transport.roundTripNs(), nowNs);
    }
  }

  /** The remote did not acknowledge in time what {@link #send} sent. */
  void onUnacknowledged() {
    NegotiatedData remote = negotiation.data();
    TransportSession transport = remote == null ? null : connected(remote);
    if (transport != null) {
      transport.onUnacknowledged();
    }
  }

  /** The DTLS association is another one from now on. */
  void renew() {
    data.renew("another DTLS association has begun");
    connecting = false;
  }

  /**
   * Sends what the association has to say and the path takes.
   *
   * @param packet where packets are written
   */
  void send(byte[] packet, long nowNs) {
    NegotiatedData remote = negotiation.data();
    TransportSession transport = remote == null ? null : connected(remote);
    if (remote == null || transport == null) {
      return;
    }
    int path = remote.transport();
    while (transport.isWritable() && media.leavesRoomForData(path, nowNs)) {
      int length = data.produce(packet, nowNs);
      if (length == 0) {
        return;
      }
      transport.send(packet, 0, length);
      media.onDataSent(path, length, nowNs);
    }
  }
}
