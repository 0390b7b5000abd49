package org.purertc.internal.media;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.Codec;

/** What a transceiver tells the API above it, on the loop, in the order of the events. */
public interface TransceiverListener {

  /** A description gave it a section, or changed what it agreed on. */
  void onNegotiated(TransceiverState state);

  /**
   * The remote sends from now on.
   *
   * @param streamIds those that it announced it in
   * @param trackId empty when it announced none
   */
  void onRemoteTrack(List<String> streamIds, String trackId);

  /** Of the received track, as the user sees it. */
  String trackId();

  /** The remote sends no more. */
  void onRemoteTrackRemoved();

  /** A frame came from the remote. */
  void onFrame(MediaFrame frame);

  /** A frame of a simulcast layer came that was asked for. */
  void onLayerFrame(String rid, MediaFrame frame);

  /** A packet came from the remote, as {@link MediaTransceiver#packets} asks for. */
  void onPacket(MediaPacket packet);

  /**
   * Audio was lost.
   *
   * @param next the frame directly behind; null when it is not there
   */
  void onGap(long timestampUs, long durationUs, @Nullable MediaFrame next);

  /** Packets come, or none came for a while. */
  void onReceiving(boolean receiving);

  /**
   * The remote asks for a key frame.
   *
   * @param rid of the encoding; empty when it is the only one
   */
  void onKeyFrameRequest(String rid);

  /**
   * What the encoder should reach.
   *
   * @param rid of the encoding; empty when it is the only one
   * @param bitsPerSecond 0 when the path does not carry this encoding beside smaller ones
   */
  void onTargetBitrate(String rid, long bitsPerSecond);

  /**
   * A tone begins.
   *
   * @param tone empty when all were sent
   * @param rest what is to come
   */
  void onTone(String tone, String rest);

  /** The remote began a tone of a telephone's keys. */
  void onReceivedTone(String tone);

  /** The codec to send in, the first of those that both sides have. */
  void onSendCodec(Codec codec);
}
