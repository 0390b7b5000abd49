package org.purertc.internal.rtp.format;

import java.util.Arrays;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * The OBUs of a temporal unit that are sent, as elements without their size fields. To be used
 * again for the next one.
 */
final class Av1Obus {
  private static final byte[] NOTHING = {};

  private byte[] unit = NOTHING;
  private int[] headers = new int[8];
  private int[] extensions = new int[8];
  private int[] payloadStarts = new int[8];
  private int[] elementBytes = new int[8];
  private int count;

  /** Reads the low-overhead format, AV1 section 5.2. */
  void read(byte[] temporalUnit) throws MalformedPacketException {
    unit = temporalUnit;
    count = 0;
    ByteReader in = new ByteReader(temporalUnit);
    while (in.hasRemaining()) {
      Av1Obu obu = Av1Obu.parse(in);
      ByteReader payload = obu.payload(in);
      if (obu.isCarried()) {
        add(obu, payload);
      }
    }
  }

  void clear() {
    count = 0;
  }

  private void add(Av1Obu obu, ByteReader payload) {
    if (count == headers.length) {
      headers = Arrays.copyOf(headers, 2 * count);
      extensions = Arrays.copyOf(extensions, 2 * count);
      payloadStarts = Arrays.copyOf(payloadStarts, 2 * count);
      elementBytes = Arrays.copyOf(elementBytes, 2 * count);
    }
    headers[count] = obu.headerWithoutSizeField();
    extensions[count] = obu.extension();
    payloadStarts[count] = payload.position();
    elementBytes[count++] = obu.headerBytes() + payload.remaining();
  }

  int count() {
    return count;
  }

  /** With the header, without a size field. */
  int bytes(int index) {
    return elementBytes[index];
  }

  /** The extension header's byte; -1 without one. */
  int extension(int index) {
    return extensions[index];
  }

  /** Writes a part of an OBU; {@code from} counts from its header on. */
  void write(int index, int from, int bytes, ByteWriter out) {
    int headerBytes = extensions[index] < 0 ? 1 : 2;
    int at = from;
    if (at == 0) {
      out.u8(headers[index]);
      at++;
    }
    if (at == 1 && headerBytes == 2 && from + bytes > 1) {
      out.u8(extensions[index]);
      at++;
    }
    out.bytes(unit, payloadStarts[index] + at - headerBytes, from + bytes - at);
  }
}
