package org.purertc.sdp;

import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code a=ssrc-group}, RFC 5576 section 4.2.
 *
 * @param semantics {@code FID} (RFC 4588: media and its retransmissions), {@code SIM}, …
 */
public record SsrcGroupAttribute(String semantics, List<Long> ssrcs) {

  public SsrcGroupAttribute {
    ssrcs = List.copyOf(ssrcs);
    Syntax.checkToken(semantics, "ssrc-group semantics");
    ssrcs.forEach(Syntax::checkSsrc);
  }

  static SsrcGroupAttribute of(String value) {
    List<String> parts = List.of(value.strip().split(" +"));
    return new SsrcGroupAttribute(parts.get(0), parts.stream().skip(1).map(Syntax::ssrc).toList());
  }

  public boolean isRetransmission() {
    return semantics.equals("FID") && ssrcs.size() == 2;
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    return semantics + ssrcs.stream().map(ssrc -> " " + ssrc).collect(Collectors.joining());
  }
}
