package org.purertc.internal.peer;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.DescriptionType;
import org.purertc.sdp.SessionDescription;

/** Both descriptions, the pending ones where there are any. */
public record Descriptions(@Nullable Described local, @Nullable Described remote) {
  public static final Descriptions NONE = new Descriptions(null, null);

  /** A description with its type. */
  public record Described(DescriptionType type, SessionDescription description) {}
}
