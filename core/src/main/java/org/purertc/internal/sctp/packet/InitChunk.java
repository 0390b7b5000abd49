package org.purertc.internal.sctp.packet;

/** INIT, RFC 9260 section 3.3.2. */
public record InitChunk(
    long initiateTag,
    long receiveWindowBytes,
    int outboundStreams,
    int inboundStreams,
    long initialTsn,
    Parameters parameters)
    implements Initiation {

  @Override
  public int type() {
    return ChunkType.INIT;
  }
}
