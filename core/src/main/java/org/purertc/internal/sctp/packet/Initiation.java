package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** What INIT and INIT ACK have in common, RFC 9260 sections 3.3.2 and 3.3.3: all but the type. */
public sealed interface Initiation extends Chunk permits InitAckChunk, InitChunk {

  /** Header and the fields before the parameters. */
  int FIXED_BYTES = 20;

  /** Makes the chunk of its fields. */
  interface Form<T extends Initiation> {
    T of(
        long initiateTag,
        long receiveWindowBytes,
        int outboundStreams,
        int inboundStreams,
        long initialTsn,
        Parameters parameters);
  }

  /** What the receiver puts into the verification tag of each packet. */
  long initiateTag();

  /** The advertised receiver window credit. */
  long receiveWindowBytes();

  int outboundStreams();

  int inboundStreams();

  long initialTsn();

  Parameters parameters();

  @Override
  default int length() {
    return FIXED_BYTES + parameters().length();
  }

  @Override
  default void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, type(), 0, length());
    out.u32(initiateTag()).u32(receiveWindowBytes()).u16(outboundStreams()).u16(inboundStreams());
    out.u32(initialTsn());
    parameters().writeTo(out);
    Padding.write(out, length());
  }

  /**
   * The fixed fields are not judged here: tag 0 and no streams have answers of their own (RFC 9260
   * sections 3.3.2 and 3.3.3) that depend on the state of the association.
   */
  static <T extends Initiation> T parse(ByteReader in, Form<T> form)
      throws MalformedPacketException {
    return form.of(in.u32(), in.u32(), in.u16(), in.u16(), in.u32(), Parameters.parse(in));
  }
}
