package org.purertc.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code a=rtcp}, RFC 3605 section 2.1: where RTCP goes without rtcp-mux. */
public record RtcpAttribute(int port, @Nullable ConnectionData connection) {

  static RtcpAttribute of(String value) {
    List<String> parts = Syntax.fields(value);
    Syntax.require(parts.size() == 1 || parts.size() == 4, "rtcp needs a port or port and address");
    int port = (int) Syntax.number(parts.get(0), 0, 65_535, "RTCP port");
    return parts.size() == 1
        ? new RtcpAttribute(port, null)
        : new RtcpAttribute(port, new ConnectionData(parts.get(1), parts.get(2), parts.get(3)));
  }
}
