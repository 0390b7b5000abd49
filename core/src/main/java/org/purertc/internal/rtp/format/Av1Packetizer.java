package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * AV1 as the Alliance for Open Media's RTP Payload Format for AV1 carries it: temporal delimiters,
 * tile lists, padding and size fields are not sent; OBUs share payloads and are cut where one ends.
 */
final class Av1Packetizer implements Packetizer {
  private static final int AGGREGATION_HEADER_BYTES = 1;

  /** A shorter fragment beside other OBUs is not worth its length. */
  private static final int MIN_FRAGMENT_BYTES = 16;

  /** What unevenly cut OBUs may need beyond their share of a payload. */
  private static final int EVEN_SLACK_BYTES = 8;

  private final Av1Obus obus = new Av1Obus();
  private int maxPayloadBytes;
  private boolean beginsSequence;

  /** Where the next payload begins. */
  private int obu;

  private int position;

  /** What {@link #plan} found: how many elements, and how many bytes of the last of them. */
  private int elements;

  private int lastBytes;
  private int payloadBytes;

  @Override
  public void begin(byte[] frame, int maxPayloadBytes) {
    rewind();
    if (maxPayloadBytes <= AGGREGATION_HEADER_BYTES) {
      throw refusal("no room for the frame beside the aggregation header");
    }
    try {
      obus.read(frame);
      beginsSequence = beginsSequence(frame);
    } catch (MalformedPacketException e) {
      throw refusal("no temporal unit of OBUs with size fields: " + e.getMessage());
    }
    this.maxPayloadBytes = evenPayloadBytes(maxPayloadBytes);
    rewind();
  }

  /** Nothing of a refused frame is left to be sent. */
  private IllegalArgumentException refusal(String why) {
    obus.clear();
    return new IllegalArgumentException(why);
  }

  /** A coded video sequence begins with a sequence header and a key frame, AV1 section 7.5. */
  private static boolean beginsSequence(byte[] frame) throws MalformedPacketException {
    VideoFrameInfo info = Av1FrameHeader.parse(frame);
    return info.keyFrame() && info.width() > 0;
  }

  private void rewind() {
    obu = 0;
    position = 0;
  }

  /** A limit under which as many payloads are needed as under the greatest, of more even sizes. */
  private int evenPayloadBytes(int most) {
    int payloads = 0;
    int bytes = 0;
    for (rewind(); obu < obus.count(); advance()) {
      plan(most);
      payloads++;
      bytes += payloadBytes;
    }
    int even = (bytes - 1) / payloads + 1 + EVEN_SLACK_BYTES;
    if (even >= most) {
      return most;
    }
    int evenPayloads = 0;
    for (rewind(); obu < obus.count(); advance()) {
      plan(even);
      evenPayloads++;
    }
    return evenPayloads > payloads ? most : even;
  }

  /** Finds what the next payload holds. */
  private void plan(int limit) {
    // Had all elements their lengths; the last one's counts only when W does not count them.
    int bytes = AGGREGATION_HEADER_BYTES;
    elements = 0;
    int layer = -1;
    for (int next = obu; next < obus.count(); next++) {
      // Section 5: OBUs with an extension header share a payload only when of the same layer.
      int extension = obus.extension(next);
      if (layer >= 0 && extension >= 0 && extension != layer) {
        return;
      }
      layer = Math.max(layer, extension);
      int rest = obus.bytes(next) - (next == obu ? position : 0);
      int room = limit - bytes;
      if (elements >= Av1Payload.MAX_COUNTED_ELEMENTS) {
        room -= Leb128.bytesOf(Math.max(1, room));
      }
      int part = Math.min(rest, room);
      boolean cut = part < rest;
      if (elements > 0 && (part < 1 || cut && part < MIN_FRAGMENT_BYTES)) {
        return;
      }
      elements++;
      lastBytes = part;
      boolean counted = elements <= Av1Payload.MAX_COUNTED_ELEMENTS;
      payloadBytes = bytes + part + (counted ? 0 : Leb128.bytesOf(part));
      if (cut) {
        return;
      }
      bytes += part + Leb128.bytesOf(part);
    }
  }

  /** Where in its OBU the planned payload's last element ends. */
  private int end() {
    return (elements == 1 ? position : 0) + lastBytes;
  }

  private boolean endsWithinObu() {
    return end() < obus.bytes(obu + elements - 1);
  }

  private void advance() {
    int end = end();
    boolean within = endsWithinObu();
    obu += within ? elements - 1 : elements;
    position = within ? end : 0;
  }

  @Override
  public int next(byte[] out, int offset) {
    if (obu == obus.count()) {
      return 0;
    }
    plan(maxPayloadBytes);
    ByteWriter writer = new ByteWriter(out, offset);
    boolean counted = elements <= Av1Payload.MAX_COUNTED_ELEMENTS;
    writer.u8(
        (position > 0 ? Av1Payload.CONTINUES_OBU : 0)
            | (endsWithinObu() ? Av1Payload.IS_CONTINUED : 0)
            | (counted ? elements << 4 : 0)
            | (beginsSequence && obu == 0 && position == 0 ? Av1Payload.BEGINS_SEQUENCE : 0));
    int from = position;
    int last = obu + elements - 1;
    for (int i = obu; i <= last; i++) {
      int bytes = i == last ? lastBytes : obus.bytes(i) - from;
      if (i < last || !counted) {
        Leb128.write(writer, bytes);
      }
      obus.write(i, from, bytes, writer);
      from = 0;
    }
    advance();
    return writer.length();
  }

  @Override
  public boolean isLast() {
    return obu > 0 && obu == obus.count();
  }
}
