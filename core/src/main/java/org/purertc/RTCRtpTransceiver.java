package org.purertc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sender and a receiver that share one m-line. Reads are snapshots; any thread.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcrtptransceiver-interface">WebRTC 5.4,
 *     RTCRtpTransceiver</a>
 */
public final class RTCRtpTransceiver {
  private final TransceiverCore core;

  RTCRtpTransceiver(TransceiverCore core) {
    this.core = core;
  }

  /** Null before it has an m-line. */
  public @Nullable String mid() {
    return core.state().mid();
  }

  /** Audio or video. */
  public MediaKind kind() {
    return core.kind();
  }

  /** The sending half. */
  public RTCRtpSender sender() {
    return core.sender();
  }

  /** The receiving half. */
  public RTCRtpReceiver receiver() {
    return core.receiver();
  }

  /** What this side wants; {@code stopped} after {@link #stop}. */
  public RTCRtpTransceiverDirection direction() {
    return core.direction();
  }

  /**
   * Says what this side wants; the next negotiation makes it so.
   *
   * @throws RTCException {@code InvalidStateError} when it is stopped, {@code TypeError} for {@link
   *     RTCRtpTransceiverDirection#STOPPED}: call {@link #stop}
   */
  public void direction(RTCRtpTransceiverDirection wanted) {
    core.direction(wanted);
  }

  /** What both sides agreed on; null before the first negotiation. */
  public @Nullable RTCRtpTransceiverDirection currentDirection() {
    return core.currentDirection();
  }

  /**
   * Ends both halves here; the next negotiation tells the remote peer and frees the m-line. A
   * second call does nothing.
   *
   * @throws RTCException {@code InvalidStateError} when the connection is closed
   */
  public void stop() {
    core.stop();
  }

  /**
   * Says which codecs to negotiate, best first; an empty list is the default order.
   *
   * @throws RTCException {@code InvalidModificationError} when one is not among the capabilities,
   *     or when there is none but retransmission
   */
  public void setCodecPreferences(List<RTCRtpCodec> codecs) {
    core.setCodecPreferences(codecs);
  }

  @Override
  public String toString() {
    return kind() + " transceiver, mid " + mid() + ", " + direction();
  }
}
