package org.purertc;

import java.util.Objects;

/**
 * One encoded frame of audio or video, as an encoder makes it and a decoder takes it. The bytes are
 * shared, not copied: nobody may change them after the frame was made.
 *
 * <p>The formats of the bytes are those of W3C's WebCodecs: an Opus packet, the samples of G.711 or
 * G.722, a VP8 or VP9 frame, an H.264 access unit in Annex B form (start codes), an AV1 temporal
 * unit whose OBUs have sizes.
 *
 * @param mimeType {@code audio/opus}, {@code video/VP8}, …; compared without case
 * @param data the encoded bytes
 * @param timestampUs when it is to be played, in microseconds from any start, the same for all
 *     frames of a track
 * @param durationUs how long it plays, in microseconds; 0 when unknown, as mostly with video
 * @param keyFrame whether it can be decoded without another frame; true for audio
 * @param metadata what goes with it besides its bytes
 * @see <a href="https://www.w3.org/TR/webcodecs/#encodedvideochunk-interface">WebCodecs 8.2,
 *     EncodedVideoChunk</a>
 */
public record EncodedFrame(
    String mimeType,
    byte[] data,
    long timestampUs,
    long durationUs,
    boolean keyFrame,
    FrameMetadata metadata) {

  public EncodedFrame {
    Objects.requireNonNull(mimeType, "mimeType");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(metadata, "metadata");
    if (mimeType.indexOf('/') < 0) {
      throw new IllegalArgumentException(
          "mimeType \"" + mimeType + "\" must be kind/name, such as video/VP8");
    }
    if (durationUs < 0) {
      throw new IllegalArgumentException("durationUs " + durationUs + " must not be negative");
    }
  }

  /** A frame of audio. */
  public static EncodedFrame audio(
      String mimeType, byte[] data, long timestampUs, long durationUs) {
    return new EncodedFrame(mimeType, data, timestampUs, durationUs, true, FrameMetadata.NONE);
  }

  /** A frame of video of unknown duration. */
  public static EncodedFrame video(
      String mimeType, byte[] data, long timestampUs, boolean keyFrame) {
    return new EncodedFrame(mimeType, data, timestampUs, 0, keyFrame, FrameMetadata.NONE);
  }

  /** With other metadata. */
  public EncodedFrame with(FrameMetadata other) {
    return new EncodedFrame(mimeType, data, timestampUs, durationUs, keyFrame, other);
  }

  /** Audio or video, as the MIME type says. */
  public MediaKind kind() {
    return MediaKinds.of(mimeType);
  }

  /** Without the bytes. */
  @Override
  public String toString() {
    return mimeType
        + (keyFrame && kind() == MediaKind.VIDEO ? " key frame, " : " frame, ")
        + data.length
        + " bytes at "
        + timestampUs
        + " us";
  }
}
