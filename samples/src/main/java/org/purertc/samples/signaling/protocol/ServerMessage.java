package org.purertc.samples.signaling.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server says. Numbers are {@link MessageFormat}'s. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ServerMessage.Welcome.class, name = "welcome"),
  @JsonSubTypes.Type(value = ServerMessage.Resumed.class, name = "resumed"),
  @JsonSubTypes.Type(value = ServerMessage.Joined.class, name = "joined"),
  @JsonSubTypes.Type(value = ServerMessage.Left.class, name = "left"),
  @JsonSubTypes.Type(value = ServerMessage.Presence.class, name = "presence"),
  @JsonSubTypes.Type(value = ServerMessage.Role.class, name = "role"),
  @JsonSubTypes.Type(value = ServerMessage.Direct.class, name = "direct"),
  @JsonSubTypes.Type(value = ServerMessage.Broadcast.class, name = "broadcast"),
  @JsonSubTypes.Type(value = ServerMessage.Chat.class, name = "chat"),
  @JsonSubTypes.Type(value = ServerMessage.IceServers.class, name = "ice-servers"),
  @JsonSubTypes.Type(value = ServerMessage.Failure.class, name = "error"),
  @JsonSubTypes.Type(value = ServerMessage.Ack.class, name = "ack"),
  @JsonSubTypes.Type(value = ServerMessage.Pong.class, name = "pong")
})
public sealed interface ServerMessage {

  /**
   * The first message of a session.
   *
   * @param member the own id
   * @param members the others, in the order in which they joined
   */
  record Welcome(
      @JsonProperty(required = true) int version,
      @JsonProperty(required = true) String session,
      @JsonProperty(required = true) String room,
      @JsonProperty(required = true) String member,
      @JsonProperty(required = true) MemberRole role,
      @JsonProperty(required = true) List<Member> members,
      @JsonProperty(required = true) List<ChatLine> history,
      @JsonProperty(required = true) List<IceServer> iceServers,
      @JsonProperty(required = true) SessionLimits limits)
      implements ServerMessage {}

  /** The session goes on; what the client sent after {@code ack} did not arrive. */
  record Resumed(@JsonProperty(required = true) long ack) implements ServerMessage {}

  record Joined(@JsonProperty(required = true) Member member) implements ServerMessage {}

  record Left(
      @JsonProperty(required = true) String member,
      @JsonProperty(required = true) LeaveReason reason)
      implements ServerMessage {}

  record Presence(
      @JsonProperty(required = true) String member,
      @JsonProperty(required = true) boolean connected,
      @JsonProperty(required = true) String status)
      implements ServerMessage {}

  record Role(
      @JsonProperty(required = true) String member, @JsonProperty(required = true) MemberRole role)
      implements ServerMessage {}

  record Direct(
      @JsonProperty(required = true) String from, @JsonProperty(required = true) JsonNode data)
      implements ServerMessage {}

  record Broadcast(
      @JsonProperty(required = true) String from, @JsonProperty(required = true) JsonNode data)
      implements ServerMessage {}

  record Chat(@JsonProperty(required = true) ChatLine line) implements ServerMessage {}

  record IceServers(@JsonProperty(required = true) List<IceServer> iceServers)
      implements ServerMessage {}

  /**
   * Something is wrong.
   *
   * @param of the number of the client's message that is refused
   */
  record Failure(
      @JsonProperty(required = true) ErrorCode code,
      @JsonProperty(required = true) String reason,
      @Nullable Long of)
      implements ServerMessage {}

  record Ack(@JsonProperty(required = true) long ack) implements ServerMessage {}

  record Pong() implements ServerMessage {}
}
