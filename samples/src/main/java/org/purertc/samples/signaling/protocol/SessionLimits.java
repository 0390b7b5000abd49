package org.purertc.samples.signaling.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The limits that a client can run into; {@code welcome} tells them. */
public record SessionLimits(
    @JsonProperty(required = true) int messageBytes,
    @JsonProperty(required = true) int messagesPerSecond,
    @JsonProperty(required = true) int burstMessages,
    @JsonProperty(required = true) int waitingMessages,
    @JsonProperty(required = true) int waitingBytes,
    @JsonProperty(required = true) int membersPerRoom,
    @JsonProperty(required = true) int resumeMs) {

  public static final SessionLimits DEFAULT =
      new SessionLimits(256 << 10, 50, 400, 2_000, 4 << 20, 64, 60_000);

  public SessionLimits withMessageBytes(int bytes) {
    return new SessionLimits(
        bytes,
        messagesPerSecond,
        burstMessages,
        waitingMessages,
        waitingBytes,
        membersPerRoom,
        resumeMs);
  }

  public SessionLimits withRate(int perSecond, int burst) {
    return new SessionLimits(
        messageBytes, perSecond, burst, waitingMessages, waitingBytes, membersPerRoom, resumeMs);
  }

  public SessionLimits withWaiting(int messages, int bytes) {
    return new SessionLimits(
        messageBytes, messagesPerSecond, burstMessages, messages, bytes, membersPerRoom, resumeMs);
  }

  public SessionLimits withMembersPerRoom(int members) {
    return new SessionLimits(
        messageBytes,
        messagesPerSecond,
        burstMessages,
        waitingMessages,
        waitingBytes,
        members,
        resumeMs);
  }

  public SessionLimits withResumeMs(int ms) {
    return new SessionLimits(
        messageBytes,
        messagesPerSecond,
        burstMessages,
        waitingMessages,
        waitingBytes,
        membersPerRoom,
        ms);
  }
}
