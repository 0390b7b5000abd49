package org.purertc.internal.sctp;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * All that is needed to make an association when the COOKIE ECHO comes, so that an INIT costs no
 * memory: RFC 9260 section 5.1.3.
 *
 * @param localTieTag our tag of the association that existed when the INIT came, else 0
 * @param remoteTieTag the peer's tag of that association, else 0
 */
record StateCookie(
    long createdNs,
    LocalEndpoint local,
    RemoteEndpoint remote,
    long localTieTag,
    long remoteTieTag) {

  static final int BYTES = 41;
  private static final int FORWARD_TSN = 1;
  private static final int RE_CONFIG = 2;

  void writeTo(ByteWriter out) {
    out.u64(createdNs).u32(local.tag()).u32(local.initialTsn());
    out.u32(remote.tag()).u32(remote.initialTsn()).u32(remote.receiveWindowBytes());
    out.u16(remote.outboundStreams()).u16(remote.inboundStreams());
    out.u8(
        (remote.supportsForwardTsn() ? FORWARD_TSN : 0)
            | (remote.supportsReConfig() ? RE_CONFIG : 0));
    out.u32(localTieTag).u32(remoteTieTag);
  }

  static StateCookie parse(ByteReader in) throws MalformedPacketException {
    long createdNs = in.i64();
    LocalEndpoint local = new LocalEndpoint(in.u32(), in.u32());
    long remoteTag = in.u32();
    long remoteTsn = in.u32();
    long window = in.u32();
    int outbound = in.u16();
    int inbound = in.u16();
    int flags = in.u8();
    RemoteEndpoint remote =
        new RemoteEndpoint(
            remoteTag,
            remoteTsn,
            window,
            outbound,
            inbound,
            (flags & FORWARD_TSN) != 0,
            (flags & RE_CONFIG) != 0);
    return new StateCookie(createdNs, local, remote, in.u32(), in.u32());
  }
}
