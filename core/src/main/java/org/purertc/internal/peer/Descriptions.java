package org.purertc.internal.peer;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.DescriptionType;
import org.purertc.internal.jsep.JsepSession;
import org.purertc.internal.jsep.SignalingState;
import org.purertc.sdp.SessionDescription;

/** Both descriptions, the pending ones where there are any. */
public record Descriptions(@Nullable Described local, @Nullable Described remote) {
  public static final Descriptions NONE = new Descriptions(null, null);

  /** A description with its type. */
  public record Described(DescriptionType type, SessionDescription description) {}

  /**
   * @param currentLocalType of the current local description, when there is one
   */
  static Descriptions of(JsepSession jsep, DescriptionType currentLocalType) {
    SessionDescription local = jsep.pendingLocalDescription();
    SessionDescription remote = jsep.pendingRemoteDescription();
    SignalingState state = jsep.signalingState();
    return new Descriptions(
        local == null
            ? described(currentLocalType, jsep.currentLocalDescription())
            : described(pendingType(state == SignalingState.HAVE_LOCAL_PRANSWER), local),
        remote == null
            ? described(oppositeOf(currentLocalType), jsep.currentRemoteDescription())
            : described(pendingType(state == SignalingState.HAVE_REMOTE_PRANSWER), remote));
  }

  private static DescriptionType pendingType(boolean provisional) {
    return provisional ? DescriptionType.PRANSWER : DescriptionType.OFFER;
  }

  private static DescriptionType oppositeOf(DescriptionType type) {
    return type == DescriptionType.OFFER ? DescriptionType.ANSWER : DescriptionType.OFFER;
  }

  private static @Nullable Described described(
      DescriptionType type, @Nullable SessionDescription description) {
    return description == null ? null : new Described(type, description);
  }
}
