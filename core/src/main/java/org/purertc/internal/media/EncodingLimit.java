package org.purertc.internal.media;

/**
 * What the user allows an encoding.
 *
 * @param active whether it is sent
 * @param maxBitsPerSecond headers not counted
 * @param scaledDownBy how many times narrower and lower than the track its picture is
 */
public record EncodingLimit(boolean active, long maxBitsPerSecond, double scaledDownBy) {
  static final EncodingLimit NONE = new EncodingLimit(true, Long.MAX_VALUE, 1);
}
