package org.purertc.internal.rtp.format;

/**
 * What one payload says of its frame, in terms that all video codecs share.
 *
 * @param start whether it begins a frame, as far as the payload itself can tell
 * @param keyFrame whether its frame can be decoded without another; in later payloads of a frame
 *     false where the format says it in the first one only
 * @param pictureId -1 without one
 * @param pictureIdBits after how many bits {@code pictureId} wraps; 0 without one
 * @param tl0PictureIndex of the newest frame of the lowest temporal layer, 8 bits; -1 without one
 * @param temporalLayer -1 without layers
 * @param spatialLayer -1 without layers
 * @param switchingPoint whether one may go up to this temporal layer here
 * @param referenceDifferences how many picture ids back its references are; empty when the format
 *     does not say
 */
public record PayloadDescriptor(
    Start start,
    boolean keyFrame,
    int pictureId,
    int pictureIdBits,
    int tl0PictureIndex,
    int temporalLayer,
    int spatialLayer,
    boolean switchingPoint,
    int[] referenceDifferences) {

  /** Whether a payload begins a frame. */
  public enum Start {
    YES,
    NO,
    /** Only the packets around it tell: it does when the one before belongs to another frame. */
    UNKNOWN
  }

  /** Of formats that do not say which pictures a frame needs. */
  static final int[] NOT_SAID = {};

  /** Of a format that tells no more. */
  public static PayloadDescriptor of(Start start, boolean keyFrame) {
    return new PayloadDescriptor(start, keyFrame, -1, 0, -1, -1, -1, false, NOT_SAID);
  }
}
