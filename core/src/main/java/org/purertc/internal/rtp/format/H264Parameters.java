package org.purertc.internal.rtp.format;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The parameters of H.264, RFC 6184 section 8.1; absent ones have its defaults.
 *
 * @param profileLevelId profile_idc, profile-iop and level_idc, 8 bits each
 * @param packetizationMode 0: single NAL units; 1: also STAP-A and FU-A; 2: interleaved
 * @param levelAsymmetryAllowed whether the levels of both directions may differ
 * @param parameterSets the NAL units of sprop-parameter-sets, which are there before the stream
 */
public record H264Parameters(
    int profileLevelId,
    int packetizationMode,
    boolean levelAsymmetryAllowed,
    List<byte[]> parameterSets) {

  /** RFC 6184 section 8.1: without the parameter, Baseline at level 1. */
  private static final int BASELINE_LEVEL_1 = 0x42000a;

  private static final int MAX_PARAMETER_SETS = 16;
  private static final int MAX_PARAMETER_SETS_CHARACTERS = 4_096;

  /** Reads {@code a=fmtp}; what is out of its bounds counts as absent. */
  public static H264Parameters parse(String fmtp) {
    FormatParameters parameters = FormatParameters.parse(fmtp);
    return new H264Parameters(
        profileLevelId(parameters.text("profile-level-id", "")),
        parameters.number("packetization-mode", 0, 2, 0),
        parameters.isOne("level-asymmetry-allowed"),
        parameterSets(parameters.text("sprop-parameter-sets", "")));
  }

  private static int profileLevelId(String hex) {
    if (hex.length() != 6) {
      return BASELINE_LEVEL_1;
    }
    int id = 0;
    for (int i = 0; i < 6; i++) {
      int digit = Character.digit(hex.charAt(i), 16);
      if (digit < 0) {
        return BASELINE_LEVEL_1;
      }
      id = id << 4 | digit;
    }
    return id;
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
