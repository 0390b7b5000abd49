package org.purertc.internal.sctp.packet;

/** INIT ACK, RFC 9260 section 3.3.3. */
public record InitAckChunk(
    long initiateTag,
    long receiveWindowBytes,
    int outboundStreams,
    int inboundStreams,
    long initialTsn,
    Parameters parameters)
    implements Initiation {

  @Override
  public int type() {
    return ChunkType.INIT_ACK;
  }
}
