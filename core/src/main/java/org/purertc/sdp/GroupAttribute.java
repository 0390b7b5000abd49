package org.purertc.sdp;

import java.util.List;

/** {@code a=group}, RFC 5888 section 5; BUNDLE is RFC 9143. */
public record GroupAttribute(String semantics, List<String> mids) {

  public GroupAttribute {
    mids = List.copyOf(mids);
    Syntax.checkToken(semantics, "group semantics");
    for (String mid : mids) {
      Syntax.checkToken(mid, "mid");
    }
  }

  static GroupAttribute of(String value) {
    List<String> parts = Syntax.fields(value);
    return new GroupAttribute(parts.get(0), parts.subList(1, parts.size()));
  }

  public boolean isBundle() {
    return semantics.equals("BUNDLE");
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    return mids.isEmpty() ? semantics : semantics + " " + String.join(" ", mids);
  }
}
