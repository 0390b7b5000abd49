package org.purertc.sdp;

import java.util.List;

/**
 * {@code a=msid-semantic} of the drafts before RFC 8830, which browsers still write.
 *
 * @param streamIds ids of media streams; {@code *} means all
 */
public record MsidSemanticAttribute(String semantic, List<String> streamIds) {

  public MsidSemanticAttribute {
    streamIds = List.copyOf(streamIds);
  }

  static MsidSemanticAttribute of(String value) {
    // No standard rules this line, and Chromium writes a space behind the colon.
    List<String> parts = List.of(value.strip().split(" +"));
    return new MsidSemanticAttribute(parts.get(0), parts.subList(1, parts.size()));
  }
}
