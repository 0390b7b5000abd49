package org.purertc.internal.rtp.jitter;

import java.util.Arrays;
import org.purertc.internal.rtp.format.PayloadDescriptor;
import org.purertc.internal.util.SequenceUnwrapper;

/**
 * Which frames a frame needs, and whether they were released. By what a format tells: VP9's
 * differences (RFC 9628 section 4.2), temporal layers with TL0PICIDX (RFC 7741 section 4.2, RFC
 * 9628 section 4.2), picture ids, or else each frame needs the one before.
 */
final class FrameReferences {
  /** Differences have 7 bits. */
  private static final int HISTORY = 128;

  private static final int TL0_BITS = 8;
  private static final int ALL_LAYERS = 0xff;
  private static final long NONE = Long.MIN_VALUE;

  /** Picture ids released, each in the place of its low 7 bits. */
  private final long[] history = new long[HISTORY];

  private boolean hasBegun;

  /** Whether every frame since the last one released was released. */
  private boolean isUnbroken;

  /** Bit n: whether frames of temporal layer n have what they may need of layers 1 to n. */
  private int intactLayers;

  private SequenceUnwrapper pictureIds = new SequenceUnwrapper(15, 0);
  private SequenceUnwrapper tl0Indices = new SequenceUnwrapper(TL0_BITS, 0);
  private int pictureIdBits;
  private boolean hasTl0;

  FrameReferences() {
    restart();
  }

  /** Nothing can be decoded before a key frame. */
  void restart() {
    hasBegun = false;
    isUnbroken = false;
    Arrays.fill(history, NONE);
  }

  boolean hasBegun() {
    return hasBegun;
  }

  /**
   * Whether all that it needs was released.
   *
   * @param isNext whether nothing is missing between it and the last frame released or dropped
   */
  boolean areComplete(CompleteFrame frame, boolean isNext) {
    if (frame.keyFrame()) {
      return true;
    }
    if (!hasBegun || !frame.startIsCertain()) {
      return false;
    }
    PayloadDescriptor descriptor = frame.descriptor();
    if (isPictureIdComparable(descriptor) && descriptor.referenceDifferences().length > 0) {
      return areReleased(descriptor);
    }
    if (hasTl0 && descriptor.tl0PictureIndex() >= 0 && descriptor.temporalLayer() >= 0) {
      return isLayerComplete(descriptor, isNext);
    }
    return isNext && isUnbroken
        || isPictureIdComparable(descriptor)
            && pictureIds.peek(descriptor.pictureId()) == pictureIds.highest() + 1;
  }

  private boolean areReleased(PayloadDescriptor descriptor) {
    long pictureId = pictureIds.peek(descriptor.pictureId());
    for (int difference : descriptor.referenceDifferences()) {
      long reference = pictureId - difference;
      // A difference of 0 is the layer below in the same picture: part of this frame.
      if (difference != 0 && history[slot(reference)] != reference) {
        return false;
      }
    }
    return true;
  }

  private boolean isLayerComplete(PayloadDescriptor descriptor, boolean isNext) {
    long tl0 = tl0Indices.peek(descriptor.tl0PictureIndex());
    if (descriptor.temporalLayer() == 0) {
      return tl0 == tl0Indices.highest() + 1 || isNext && isUnbroken;
    }
    return tl0 == tl0Indices.highest()
        && (isLayerSync(descriptor)
            || isNext && (intactLayers & 1 << descriptor.temporalLayer()) != 0);
  }

  /** VP8's Y: only the lowest layer is needed. VP9's U speaks of the pictures that follow. */
  private static boolean isLayerSync(PayloadDescriptor descriptor) {
    return descriptor.switchingPoint() && descriptor.spatialLayer() < 0;
  }

  void released(CompleteFrame frame) {
    PayloadDescriptor descriptor = frame.descriptor();
    int layer = descriptor.temporalLayer();
    if (frame.keyFrame()) {
      begin(descriptor);
    }
    if (frame.keyFrame() || layer < 0) {
      isUnbroken = true;
    }
    if (isPictureIdComparable(descriptor)) {
      long pictureId = pictureIds.unwrap(descriptor.pictureId());
      history[slot(pictureId)] = pictureId;
    }
    if (hasTl0 && descriptor.tl0PictureIndex() >= 0) {
      tl0Indices.unwrap(descriptor.tl0PictureIndex());
    }
    if (descriptor.switchingPoint() && layer >= 0) {
      intactLayers |= descriptor.spatialLayer() < 0 ? 1 << layer : ALL_LAYERS << layer + 1;
    }
  }

  private void begin(PayloadDescriptor descriptor) {
    hasBegun = true;
    intactLayers = ALL_LAYERS;
    hasTl0 = descriptor.tl0PictureIndex() >= 0;
    if (hasTl0) {
      tl0Indices = new SequenceUnwrapper(TL0_BITS, descriptor.tl0PictureIndex());
    }
    pictureIdBits = descriptor.pictureIdBits();
    if (pictureIdBits > 0) {
      pictureIds = new SequenceUnwrapper(pictureIdBits, descriptor.pictureId());
    }
    Arrays.fill(history, NONE);
  }

  /** Frames that are not known will never come. */
  void lost() {
    isUnbroken = false;
    intactLayers = 0;
  }

  /** This frame will not be released. */
  void lost(CompleteFrame frame) {
    isUnbroken = false;
    intactLayers &= frame.isOfHigherTemporalLayer() ? ~(ALL_LAYERS << layer(frame)) : 0;
  }

  private static int layer(CompleteFrame frame) {
    return frame.descriptor().temporalLayer();
  }

  private boolean isPictureIdComparable(PayloadDescriptor descriptor) {
    return descriptor.pictureId() >= 0 && descriptor.pictureIdBits() == pictureIdBits;
  }

  private static int slot(long pictureId) {
    return (int) (pictureId & HISTORY - 1);
  }
}
