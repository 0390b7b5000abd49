package org.purertc.internal.rtp.format;

/**
 * What an encoded frame says of itself.
 *
 * @param keyFrame whether it can be decoded without another
 * @param width in pixels; 0 when the frame does not say
 * @param height in pixels; 0 when the frame does not say
 */
public record VideoFrameInfo(boolean keyFrame, int width, int height) {

  /** A frame that needs others and says nothing of its size. */
  static final VideoFrameInfo DEPENDENT = new VideoFrameInfo(false, 0, 0);
}
