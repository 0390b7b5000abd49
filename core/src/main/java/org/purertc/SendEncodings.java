package org.purertc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** W3C's rules for the encodings of a sender. */
final class SendEncodings {
  /**
   * RFC 8852 section 3: what fits into a one-byte header extension, and more than browsers take.
   */
  private static final int MAX_RID_CHARACTERS = 16;

  /** As many as browsers send. */
  private static final int MAX_ENCODINGS = 3;

  private SendEncodings() {}

  /** W3C WebRTC section 5.1, addTransceiver: how a sender begins. */
  static List<RTCRtpEncodingParameters> checked(
      MediaKind kind, List<RTCRtpEncodingParameters> wanted) {
    if (wanted.isEmpty()) {
      return List.of(RTCRtpEncodingParameters.DEFAULT);
    }
    Set<String> rids = new HashSet<>();
    for (RTCRtpEncodingParameters each : wanted) {
      checkLimits("addTransceiver", each);
      String rid = each.rid();
      boolean isRid = rid != null && rid.matches("[A-Za-z0-9]{1," + MAX_RID_CHARACTERS + "}");
      if (rid == null ? wanted.size() > 1 : !isRid || !rids.add(rid)) {
        throw new RTCException("TypeError", "addTransceiver: rid \"" + rid + "\" of an encoding");
      }
    }
    if (kind == MediaKind.AUDIO || wanted.size() == 1) {
      // W3C: audio has no simulcast, and a lone encoding no rid.
      return List.of(wanted.get(0).withRid(null));
    }
    return scaled(wanted.subList(0, Math.min(wanted.size(), MAX_ENCODINGS)));
  }

  private static List<RTCRtpEncodingParameters> scaled(List<RTCRtpEncodingParameters> encodings) {
    boolean isSaid = encodings.stream().anyMatch(each -> each.scaleResolutionDownBy() != null);
    List<RTCRtpEncodingParameters> scaled = new ArrayList<>();
    for (int i = 0; i < encodings.size(); i++) {
      Double said = encodings.get(i).scaleResolutionDownBy();
      double usual = isSaid ? 1 : 1 << (encodings.size() - 1 - i);
      scaled.add(
          encodings.get(i).withScaleResolutionDownBy(Objects.requireNonNullElse(said, usual)));
    }
    return List.copyOf(scaled);
  }

  /** W3C WebRTC section 5.2, setParameters: what may not change. */
  static void checkChange(
      List<RTCRtpEncodingParameters> before, List<RTCRtpEncodingParameters> changed) {
    boolean same = before.size() == changed.size();
    for (int i = 0; same && i < before.size(); i++) {
      same = Objects.equals(before.get(i).rid(), changed.get(i).rid());
    }
    if (!same) {
      throw new RTCException(
          "InvalidModificationError",
          "setParameters: the number of encodings, their order and rids cannot be changed");
    }
    changed.forEach(each -> checkLimits("setParameters", each));
  }

  private static void checkLimits(String call, RTCRtpEncodingParameters encoding) {
    Long maxBitrate = encoding.maxBitrate();
    if (maxBitrate != null && maxBitrate < 1) {
      throw new RTCException("RangeError", call + ": maxBitrate " + maxBitrate);
    }
    Double scale = encoding.scaleResolutionDownBy();
    if (scale != null && !(scale >= 1)) {
      throw new RTCException("RangeError", call + ": scaleResolutionDownBy " + scale);
    }
  }

  /** Of simulcast; empty without. */
  static List<String> rids(List<RTCRtpEncodingParameters> encodings) {
    return encodings.size() < 2
        ? List.of()
        : encodings.stream().map(RTCRtpEncodingParameters::key).toList();
  }

  /** W3C WebRTC section 4.4.1.5: those that the remote's answer left. */
  static List<RTCRtpEncodingParameters> kept(
      List<RTCRtpEncodingParameters> encodings, List<String> rids) {
    return encodings.size() < 2
        ? encodings
        : encodings.stream().filter(each -> rids.contains(each.key())).toList();
  }
}
