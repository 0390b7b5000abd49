package org.purertc.samples.signaling.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a member may do. */
public enum MemberRole {
  /** Also gives roles and sends members out. */
  @JsonProperty("host")
  HOST,
  @JsonProperty("member")
  MEMBER,
  /** Neither broadcasts nor chats. */
  @JsonProperty("listener")
  LISTENER
}
