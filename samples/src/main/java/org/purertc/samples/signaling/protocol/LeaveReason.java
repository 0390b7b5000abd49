package org.purertc.samples.signaling.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a member is gone. */
public enum LeaveReason {
  @JsonProperty("left")
  LEFT,
  @JsonProperty("removed")
  REMOVED,
  /** Its connection was lost and it did not come back in time. */
  @JsonProperty("timeout")
  TIMEOUT,
  /** It did not read what was sent to it. */
  @JsonProperty("too-slow")
  TOO_SLOW
}
