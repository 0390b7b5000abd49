package org.purertc.internal.rtp;

import java.util.EnumMap;
import java.util.Map;

/** Which id each RTP header extension has in the packets of a bundle: {@code a=extmap}. */
public final class ExtensionIds {
  /** No extension was negotiated. */
  public static final ExtensionIds NONE = new ExtensionIds(Map.of());

  private final Map<ExtensionType, Integer> ids = new EnumMap<>(ExtensionType.class);

  /**
   * @param idsByUri those of extensions that are not known here are ignored
   * @throws IllegalArgumentException when an id is none of 1 to 255
   */
  public ExtensionIds(Map<String, Integer> idsByUri) {
    for (ExtensionType type : ExtensionType.values()) {
      int id = idsByUri.getOrDefault(type.uri(), 0);
      if (id < 0 || id > 255) {
        throw new IllegalArgumentException(type.uri() + " has id " + id);
      }
      ids.put(type, id);
    }
  }

  /** 0 when it was not negotiated. */
  public int id(ExtensionType type) {
    return ids.getOrDefault(type, 0);
  }

  public boolean has(ExtensionType type) {
    return id(type) != 0;
  }
}
