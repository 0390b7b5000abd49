package org.purertc.internal.sctp;

import org.purertc.internal.sctp.packet.ChunkType;
import org.purertc.internal.sctp.packet.Initiation;

/**
 * What INIT or INIT ACK told of the peer.
 *
 * @param tag goes into the verification tag of what we send
 * @param outboundStreams streams that it wants to send on
 * @param inboundStreams streams that it allows us
 */
record RemoteEndpoint(
    long tag,
    long initialTsn,
    long receiveWindowBytes,
    int outboundStreams,
    int inboundStreams,
    boolean supportsForwardTsn,
    boolean supportsReConfig) {

  static RemoteEndpoint of(Initiation init) {
    return new RemoteEndpoint(
        init.initiateTag(),
        init.initialTsn(),
        init.receiveWindowBytes(),
        init.outboundStreams(),
        init.inboundStreams(),
        init.parameters().supportsForwardTsn(),
        init.parameters().supportsExtension(ChunkType.RE_CONFIG));
  }
}
