package org.purertc.internal.rtp.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * The VP9 payload descriptor, RFC 9628 section 4.2. What it calls a frame is one spatial layer of a
 * picture; all layers of a picture have one timestamp and are one frame to the rest of the house.
 */
final class Vp9Descriptor {
  /** RFC 9628 section 4.2: "up to 3 times". */
  private static final int MAX_REFERENCES = 3;

  /** The bits I, P, L, F, B, E, V, Z. */
  private final int flags;

  private int pictureId = -1;
  private int pictureIdBits;
  private int layers;
  private int tl0PictureIndex = -1;
  private int[] referenceDifferences = PayloadDescriptor.NOT_SAID;
  private @Nullable Vp9ScalabilityStructure scalabilityStructure;

  private Vp9Descriptor(int flags) {
    this.flags = flags;
  }

  /** Reads the descriptor; the reader then stands at the VP9 data, which has at least one byte. */
  static Vp9Descriptor parse(ByteReader in) throws MalformedPacketException {
    Vp9Descriptor descriptor = new Vp9Descriptor(in.u8());
    descriptor.parsePictureId(in);
    descriptor.parseLayers(in);
    if (descriptor.isFlexible() && descriptor.isInterPicturePredicted()) {
      descriptor.parseReferences(in);
    }
    if (descriptor.hasFlag(0x02)) {
      descriptor.scalabilityStructure = Vp9ScalabilityStructure.parse(in);
    }
    if (!in.hasRemaining()) {
      throw new MalformedPacketException("a VP9 payload without data");
    }
    return descriptor;
  }

  private void parsePictureId(ByteReader in) throws MalformedPacketException {
    if (hasFlag(0x80)) {
      int id = in.u8();
      boolean isLong = (id & 0x80) != 0;
      pictureId = isLong ? (id & 0x7f) << 8 | in.u8() : id;
      pictureIdBits = isLong ? 15 : 7;
    }
  }

  private void parseLayers(ByteReader in) throws MalformedPacketException {
    if (hasLayers()) {
      layers = in.u8();
      tl0PictureIndex = isFlexible() ? -1 : in.u8();
    }
  }

  private void parseReferences(ByteReader in) throws MalformedPacketException {
    int[] differences = new int[MAX_REFERENCES];
    int count = 0;
    int reference;
    do {
      if (count == MAX_REFERENCES) {
        throw new MalformedPacketException("a VP9 frame of more than 3 references");
      }
      reference = in.u8();
      differences[count++] = reference >> 1;
    } while ((reference & 0x01) != 0);
    referenceDifferences = Arrays.copyOf(differences, count);
  }

  private boolean hasFlag(int bit) {
    return (flags & bit) != 0;
  }

  /** I: -1 without one. */
  int pictureId() {
    return pictureId;
  }

  /** 7, 15, or 0 without one. */
  int pictureIdBits() {
    return pictureIdBits;
  }

  /** P: whether it needs an earlier picture. */
  boolean isInterPicturePredicted() {
    return hasFlag(0x40);
  }

  /** L. */
  boolean hasLayers() {
    return hasFlag(0x20);
  }

  /** F: whether references are said; the bit counts only where there is a picture id. */
  boolean isFlexible() {
    return hasFlag(0x10) && hasFlag(0x80);
  }

  /** B: whether it begins a layer's frame. */
  boolean beginsLayerFrame() {
    return hasFlag(0x08);
  }

  /** E: whether it ends a layer's frame. */
  boolean endsLayerFrame() {
    return hasFlag(0x04);
  }

  /** Z: whether no higher spatial layer of this picture needs it. */
  boolean isNoInterLayerReference() {
    return hasFlag(0x01);
  }

  /** TID: -1 without layers. */
  int temporalLayer() {
    return hasLayers() ? layers >> 5 : -1;
  }

  /** U. */
  boolean isSwitchingPoint() {
    return (layers & 0x10) != 0;
  }

  /** SID: -1 without layers. */
  int spatialLayer() {
    return hasLayers() ? layers >> 1 & 0x07 : -1;
  }

  /** D: whether it needs the layer below of the same picture. */
  boolean isInterLayerPredicted() {
    return (layers & 0x01) != 0;
  }

  /** TL0PICIDX: -1 without one. */
  int tl0PictureIndex() {
    return tl0PictureIndex;
  }

  /** P_DIFF; empty without references or when they are not said. */
  int[] referenceDifferences() {
    return referenceDifferences;
  }

  /** V: mostly in key frames. */
  @Nullable Vp9ScalabilityStructure scalabilityStructure() {
    return scalabilityStructure;
  }
}
