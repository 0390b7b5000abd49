package org.purertc.samples.signaling.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the others see of a member.
 *
 * @param connected false while it may yet resume
 * @param status its own word, such as "away"
 */
public record Member(
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) MemberRole role,
    @JsonProperty(required = true) boolean connected,
    @JsonProperty(required = true) String status) {

  public Member withRole(MemberRole other) {
    return new Member(id, name, other, connected, status);
  }

  public Member withPresence(boolean nowConnected, String nowStatus) {
    return new Member(id, name, role, nowConnected, nowStatus);
  }
}
