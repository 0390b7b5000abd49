package org.purertc.sdp;

import java.util.List;

/**
 * {@code a=sctpmap} of the drafts before RFC 8841: {@code 5000 webrtc-datachannel 1024}.
 *
 * @param streams 0 when the line has no number of streams
 */
public record SctpMapAttribute(int port, String application, int streams) {

  static SctpMapAttribute of(String value) {
    List<String> parts = Syntax.fields(value);
    Syntax.require(
        parts.size() == 2 || parts.size() == 3, "sctpmap needs port, application and streams");
    int port = (int) Syntax.number(parts.get(0), 0, 65_535, "SCTP port");
    int streams =
        parts.size() == 2 ? 0 : (int) Syntax.number(parts.get(2), 0, 65_536, "number of streams");
    return new SctpMapAttribute(port, parts.get(1), streams);
  }
}
