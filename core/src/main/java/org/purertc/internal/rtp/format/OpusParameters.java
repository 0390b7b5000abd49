package org.purertc.internal.rtp.format;

import org.purertc.sdp.FormatParameters;

/**
 * What a receiver of Opus asks for, RFC 7587 section 6.1; absent parameters have its defaults.
 *
 * @param maxPlaybackRate in Hz, the highest rate that the receiver plays
 * @param spropMaxCaptureRate in Hz, the highest rate that the sender records
 * @param ptimeMs a packet's preferred duration
 * @param minPtimeMs a packet's least duration
 * @param maxPtimeMs a packet's greatest duration
 * @param maxAverageBitrate in bits per second; 0 when the receiver leaves it to the encoder
 * @param stereo whether the receiver prefers two channels
 * @param spropStereo whether the sender is likely to send two channels
 * @param cbr whether the bitrate is to be constant
 * @param useInbandFec whether the receiver makes use of in-band FEC
 * @param useDtx whether the receiver prefers discontinuous transmission
 */
public record OpusParameters(
    int maxPlaybackRate,
    int spropMaxCaptureRate,
    int ptimeMs,
    int minPtimeMs,
    int maxPtimeMs,
    int maxAverageBitrate,
    boolean stereo,
    boolean spropStereo,
    boolean cbr,
    boolean useInbandFec,
    boolean useDtx) {

  /** Reads {@code a=fmtp}; a value out of its bounds counts as absent. */
  public static OpusParameters parse(String fmtp) {
    FormatParameters parameters = FormatParameters.of(fmtp);
    return new OpusParameters(
        parameters.number("maxplaybackrate", 8_000, 48_000, 48_000),
        parameters.number("sprop-maxcapturerate", 8_000, 48_000, 48_000),
        // RFC 7587 section 6.1: 3, 5, 10, 20, 40, 60 or a multiple, up to 120 ms.
        parameters.number("ptime", 3, 120, 20),
        parameters.number("minptime", 3, 120, 3),
        parameters.number("maxptime", 3, 120, 120),
        // RFC 7587 section 6.1: values outside 6,000 to 510,000 SHOULD be ignored.
        parameters.number("maxaveragebitrate", 6_000, 510_000, 0),
        parameters.isOne("stereo"),
        parameters.isOne("sprop-stereo"),
        parameters.isOne("cbr"),
        parameters.isOne("useinbandfec"),
        parameters.isOne("usedtx"));
  }
}
