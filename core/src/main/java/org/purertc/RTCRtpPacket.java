package org.purertc;

import java.util.Objects;

/**
 * One RTP packet of a remote track, for programs that send it on without looking into its frames:
 * {@link RTCRtpReceiver#onPacket} gives it, {@link EncodedMediaSource#write(RTCRtpPacket)} takes
 * it.
 *
 * <p>The payload is shared, not copied: nobody may change it. A packet without payload only says
 * that nothing is missing in its place.
 *
 * @param codec what its payload type means
 * @param payloadType 7 bits, as the remote peer sent it
 * @param sequenceNumber unwrapped: it goes up beyond 16 bits; gaps are packets that are lost or
 *     late
 * @param timestamp unwrapped, in units of the codec's clock rate
 * @param marker the end of a frame of video; the first packet after silence in audio
 * @param ssrc of the stream; retransmissions come with that of the packet that they repeat
 * @param rid of the stream's simulcast layer; empty without one
 * @param metadata what its header extensions say
 * @param keyFrame whether a frame begins here that can be decoded without another, as far as the
 *     payload tells; true for audio
 * @param payload without padding
 * @see <a href="https://w3c.github.io/webrtc-rtptransport/">WebRTC RTP Transport, RTCRtpPacket</a>
 */
public record RTCRtpPacket(
    RTCRtpCodec codec,
    int payloadType,
    long sequenceNumber,
    long timestamp,
    boolean marker,
    long ssrc,
    String rid,
    FrameMetadata metadata,
    boolean keyFrame,
    byte[] payload) {

  public RTCRtpPacket {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(rid, "rid");
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(payload, "payload");
  }

  /** Without the payload. */
  @Override
  public String toString() {
    return codec.mimeType()
        + " packet "
        + sequenceNumber
        + " of "
        + Long.toUnsignedString(ssrc, 16)
        + (marker ? ", marked, " : ", ")
        + payload.length
        + " bytes at "
        + timestamp;
  }
}
