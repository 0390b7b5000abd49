package org.purertc.sdp;

import org.jspecify.annotations.Nullable;

/**
 * {@code a=extmap}, RFC 8285 section 8.
 *
 * @param id 1 to 255, or 4096 to 4351 for one that the answerer numbers
 * @param direction as the writer sees it; null when not written, which means the section's
 * @param attributes what follows the URI; empty without any
 */
public record ExtmapAttribute(
    int id, @Nullable MediaDirection direction, String uri, String attributes) {

  public ExtmapAttribute {
    Syntax.require(
        (id >= 1 && id <= 255) || (id >= 4096 && id <= 4351),
        "extmap id must be 1 to 255 or 4096 to 4351");
    Syntax.checkWord(uri, "extension URI");
    Syntax.checkText(attributes);
  }

  public ExtmapAttribute(int id, String uri) {
    this(id, null, uri, "");
  }

  static ExtmapAttribute of(String value) {
    String[] parts = value.split(" ", 3);
    Syntax.require(parts.length >= 2, "extmap needs an id and a URI");
    String[] id = parts[0].split("/", 2);
    return new ExtmapAttribute(
        (int) Syntax.number(id[0], 1, 4351, "extmap id"),
        id.length == 1 ? null : MediaDirection.of(id[1]),
        parts[1],
        parts.length == 3 ? parts[2] : "");
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    String text = id + (direction == null ? "" : "/" + direction) + " " + uri;
    return attributes.isEmpty() ? text : text + " " + attributes;
  }
}
