package org.purertc.internal.rtp.format;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.purertc.sdp.FormatParameters;

/**
 * The parameters of H.264 that rule its payloads, RFC 6184 section 8.1.
 *
 * @param packetizationMode 0: single NAL units; 1: also STAP-A and FU-A; 2: interleaved
 * @param parameterSets the NAL units of sprop-parameter-sets, which are there before the stream
 */
record H264Parameters(int packetizationMode, List<byte[]> parameterSets) {
  private static final int MAX_PARAMETER_SETS = 16;
  private static final int MAX_PARAMETER_SETS_CHARACTERS = 4_096;

  /** Reads {@code a=fmtp}; what is out of its bounds counts as absent. */
  static H264Parameters parse(String fmtp) {
    FormatParameters parameters = FormatParameters.of(fmtp);
    return new H264Parameters(
        parameters.number("packetization-mode", 0, 2, 0),
        parameterSets(parameters.value("sprop-parameter-sets", "")));
  }

  private static List<byte[]> parameterSets(String base64) {
    if (base64.length() > MAX_PARAMETER_SETS_CHARACTERS) {
      return List.of();
    }
    List<byte[]> sets = new ArrayList<>();
    for (String text : base64.split(",", MAX_PARAMETER_SETS + 1)) {
      byte[] set = decoded(text.strip());
      if (isParameterSet(set) && sets.size() < MAX_PARAMETER_SETS) {
        sets.add(set);
      }
    }
    return List.copyOf(sets);
  }

  private static boolean isParameterSet(byte[] unit) {
    int type = unit.length == 0 ? 0 : H264NalUnits.type(unit[0]);
    return type == H264NalUnits.SEQUENCE_PARAMETER_SET
        || type == H264NalUnits.PICTURE_PARAMETER_SET;
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
