package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** One RTP payload of AV1: its aggregation header and its OBU elements, section 4.4. */
final class Av1Payload {
  /** Z: the first element continues the last one of the payload before. */
  static final int CONTINUES_OBU = 0x80;

  /** Y: the last element is continued in the next payload. */
  static final int IS_CONTINUED = 0x40;

  /** N: this is the first payload of a coded video sequence. */
  static final int BEGINS_SEQUENCE = 0x08;

  /** W: how many elements there are, of which the last has no length; 0: all have theirs. */
  static final int MAX_COUNTED_ELEMENTS = 3;

  private final ByteReader in;
  private final int header;
  private int elementsRead;

  Av1Payload(ByteReader in) throws MalformedPacketException {
    this.in = in;
    header = in.u8();
    // The note of section 4.4: with N, Z must be 0.
    if (beginsSequence() && continuesObu()) {
      throw new MalformedPacketException("an AV1 sequence that begins within an OBU");
    }
    if (!in.hasRemaining()) {
      throw new MalformedPacketException("an AV1 payload without an OBU");
    }
  }

  boolean continuesObu() {
    return (header & CONTINUES_OBU) != 0;
  }

  boolean beginsSequence() {
    return (header & BEGINS_SEQUENCE) != 0;
  }

  private int countedElements() {
    return header >> 4 & MAX_COUNTED_ELEMENTS;
  }

  boolean hasNext() {
    return countedElements() == 0 ? in.hasRemaining() : elementsRead < countedElements();
  }

  int elementsRead() {
    return elementsRead;
  }

  /** Whether the element that was read last goes on from the payload before. */
  boolean elementContinues() {
    return continuesObu() && elementsRead == 1;
  }

  /** Whether the element that was read last goes on in the next payload. */
  boolean elementIsContinued() {
    return (header & IS_CONTINUED) != 0 && !hasNext();
  }

  /** The next OBU element, whole or a fragment, without its length. */
  ByteReader next() throws MalformedPacketException {
    elementsRead++;
    boolean hasLength = countedElements() == 0 || elementsRead < countedElements();
    ByteReader element = in.slice(hasLength ? Leb128.readSize(in) : in.remaining());
    if (!element.hasRemaining()) {
      throw new MalformedPacketException("an empty OBU element");
    }
    return element;
  }
}
