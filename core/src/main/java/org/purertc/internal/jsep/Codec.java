package org.purertc.internal.jsep;

import java.util.List;
import org.purertc.sdp.FormatParameters;

/**
 * A codec of a media section: {@code a=rtpmap}, {@code a=fmtp} and {@code a=rtcp-fb} together.
 *
 * @param mimeType {@code audio/opus}, {@code video/VP8}, {@code video/rtx}, …; compared without
 *     case
 * @param payloadType 0 to 127
 * @param clockRate in Hz, as {@code a=rtpmap} has it
 * @param channels 1 unless {@code a=rtpmap} says otherwise
 * @param fmtp the parameters of {@code a=fmtp}; empty without one
 * @param feedback the values of {@code a=rtcp-fb}: {@code nack}, {@code nack pli}, …
 */
public record Codec(
    String mimeType,
    int payloadType,
    int clockRate,
    int channels,
    String fmtp,
    List<String> feedback) {

  public Codec {
    feedback = List.copyOf(feedback);
  }

  public boolean isRtx() {
    return mimeType.equalsIgnoreCase("video/rtx") || mimeType.equalsIgnoreCase("audio/rtx");
  }

  /** The payload type that an rtx format repairs, RFC 4588 section 8.6; -1 when it says none. */
  public int repairedType() {
    return FormatParameters.of(fmtp).number("apt", -1);
  }
}
