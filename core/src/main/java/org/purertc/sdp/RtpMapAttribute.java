package org.purertc.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code a=rtpmap}, RFC 8866 section 6.6: what a payload type means.
 *
 * @param encoding name of the format, as written; compared without case
 * @param parameters of audio the number of channels; null when not written
 */
public record RtpMapAttribute(
    int payloadType, String encoding, int clockRate, @Nullable String parameters) {

  public RtpMapAttribute {
    Syntax.require(payloadType >= 0 && payloadType <= 127, "payload type must be 0 to 127");
    Syntax.checkToken(encoding, "encoding name");
    Syntax.require(clockRate > 0, "clock rate must be positive");
    if (parameters != null) {
      Syntax.checkWord(parameters, "encoding parameters");
    }
  }

  static RtpMapAttribute of(String value) {
    List<String> parts = Syntax.fields(value);
    Syntax.require(parts.size() == 2, "rtpmap needs a payload type and an encoding");
    String[] encoding = parts.get(1).split("/", 3);
    Syntax.require(encoding.length >= 2, "rtpmap needs encoding name and clock rate");
    return new RtpMapAttribute(
        Syntax.payloadType(parts.get(0)),
        encoding[0],
        (int) Syntax.number(encoding[1], 1, Integer.MAX_VALUE, "clock rate"),
        encoding.length == 3 ? encoding[2] : null);
  }

  /** 1 unless the parameters are another number. */
  public int channels() {
    return parameters != null && parameters.matches("[1-9]\\d{0,2}")
        ? Integer.parseInt(parameters)
        : 1;
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    String text = payloadType + " " + encoding + "/" + clockRate;
    return parameters == null ? text : text + "/" + parameters;
  }
}
