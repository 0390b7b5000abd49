package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** A request or response of a RE-CONFIG chunk, RFC 6525 section 4. Numbers have 32 bits. */
public sealed interface ReConfigParameter {
  int OUTGOING_SSN_RESET = 13;
  int INCOMING_SSN_RESET = 14;
  int SSN_TSN_RESET = 15;
  int RESPONSE = 16;
  int ADD_OUTGOING_STREAMS = 17;
  int ADD_INCOMING_STREAMS = 18;

  int type();

  /** Without padding. */
  int length();

  /** Writes the parameter without its padding. */
  void writeTo(ByteWriter out);

  static ReConfigParameter parse(ByteReader in) throws MalformedPacketException {
    int type = in.u16();
    int length = in.u16();
    if (length < Parameter.HEADER_BYTES) {
      throw new MalformedPacketException("parameter of length " + length);
    }
    ByteReader value = in.slice(length - Parameter.HEADER_BYTES);
    Padding.skip(in, length);
    return switch (type) {
      case OUTGOING_SSN_RESET ->
          new OutgoingSsnReset(value.u32(), value.u32(), value.u32(), streamIds(value));
      case INCOMING_SSN_RESET -> new IncomingSsnReset(value.u32(), streamIds(value));
      case SSN_TSN_RESET -> new SsnTsnReset(value.u32());
      case RESPONSE -> Response.parse(value);
      case ADD_OUTGOING_STREAMS -> new AddOutgoingStreams(value.u32(), value.u16());
      case ADD_INCOMING_STREAMS -> new AddIncomingStreams(value.u32(), value.u16());
      default -> new Unknown(type, value.bytes(value.remaining()));
    };
  }

  private static int[] streamIds(ByteReader in) throws MalformedPacketException {
    int[] ids = new int[in.remaining() / 2];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.u16();
    }
    return ids;
  }

  private static void writeStreamIds(ByteWriter out, int[] ids) {
    for (int id : ids) {
      out.u16(id);
    }
  }

  /**
   * RFC 6525 section 4.1: the sender resets its outgoing streams.
   *
   * @param responseSequence answers an incoming reset request, else one less than its next expected
   * @param lastTsn the last TSN sent before the reset
   * @param streamIds empty means all
   */
  record OutgoingSsnReset(
      long requestSequence, long responseSequence, long lastTsn, int[] streamIds)
      implements ReConfigParameter {

    @Override
    public int type() {
      return OUTGOING_SSN_RESET;
    }

    @Override
    public int length() {
      return Parameter.HEADER_BYTES + 12 + 2 * streamIds.length;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u16(type()).u16(length()).u32(requestSequence).u32(responseSequence).u32(lastTsn);
      writeStreamIds(out, streamIds);
    }
  }

  /**
   * RFC 6525 section 4.2: the sender asks us to reset our outgoing streams.
   *
   * @param streamIds empty means all
   */
  record IncomingSsnReset(long requestSequence, int[] streamIds) implements ReConfigParameter {

    @Override
    public int type() {
      return INCOMING_SSN_RESET;
    }

    @Override
    public int length() {
      return Parameter.HEADER_BYTES + 4 + 2 * streamIds.length;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u16(type()).u16(length()).u32(requestSequence);
      writeStreamIds(out, streamIds);
    }
  }

  /** RFC 6525 section 4.3: all sequence numbers of both directions start again. */
  record SsnTsnReset(long requestSequence) implements ReConfigParameter {

    @Override
    public int type() {
      return SSN_TSN_RESET;
    }

    @Override
    public int length() {
      return Parameter.HEADER_BYTES + 4;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u16(type()).u16(length()).u32(requestSequence);
    }
  }

  /**
   * RFC 6525 section 4.4.
   *
   * @param senderNextTsn only in the answer to an SSN/TSN reset, else -1
   * @param receiverNextTsn only in the answer to an SSN/TSN reset, else -1
   */
  record Response(long responseSequence, long result, long senderNextTsn, long receiverNextTsn)
      implements ReConfigParameter {
    public static final long NOTHING_TO_DO = 0;
    public static final long PERFORMED = 1;
    public static final long DENIED = 2;
    public static final long WRONG_SSN = 3;
    public static final long REQUEST_IN_PROGRESS = 4;
    public static final long BAD_SEQUENCE_NUMBER = 5;
    public static final long IN_PROGRESS = 6;

    private static final int TSN_BYTES = 8;

    public Response(long responseSequence, long result) {
      this(responseSequence, result, -1, -1);
    }

    static Response parse(ByteReader in) throws MalformedPacketException {
      long responseSequence = in.u32();
      long result = in.u32();
      return in.remaining() >= TSN_BYTES
          ? new Response(responseSequence, result, in.u32(), in.u32())
          : new Response(responseSequence, result);
    }

    private boolean hasTsns() {
      return senderNextTsn >= 0 && receiverNextTsn >= 0;
    }

    @Override
    public int type() {
      return RESPONSE;
    }

    @Override
    public int length() {
      return Parameter.HEADER_BYTES + 8 + (hasTsns() ? TSN_BYTES : 0);
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u16(type()).u16(length()).u32(responseSequence).u32(result);
      if (hasTsns()) {
        out.u32(senderNextTsn).u32(receiverNextTsn);
      }
    }
  }

  /** RFC 6525 section 4.5: the sender wants more outgoing streams. */
  record AddOutgoingStreams(long requestSequence, int newStreams) implements ReConfigParameter {

    @Override
    public int type() {
      return ADD_OUTGOING_STREAMS;
    }

    @Override
    public int length() {
      return Parameter.HEADER_BYTES + 8;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u16(type()).u16(length()).u32(requestSequence).u16(newStreams).u16(0);
    }
  }

  /** RFC 6525 section 4.6: the sender wants us to have more outgoing streams. */
  record AddIncomingStreams(long requestSequence, int newStreams) implements ReConfigParameter {

    @Override
    public int type() {
      return ADD_INCOMING_STREAMS;
    }

    @Override
    public int length() {
      return Parameter.HEADER_BYTES + 8;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u16(type()).u16(length()).u32(requestSequence).u16(newStreams).u16(0);
    }
  }

  /** Of another type. */
  record Unknown(int type, byte[] value) implements ReConfigParameter {

    @Override
    public int length() {
      return Parameter.HEADER_BYTES + value.length;
    }

    @Override
    public void writeTo(ByteWriter out) {
      out.u16(type).u16(length()).bytes(value);
    }
  }
}
