package org.purertc.samples.signaling.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a client says. Numbers and acknowledgements are {@link MessageFormat}'s. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClientMessage.Hello.class, name = "hello"),
  @JsonSubTypes.Type(value = ClientMessage.Direct.class, name = "direct"),
  @JsonSubTypes.Type(value = ClientMessage.Broadcast.class, name = "broadcast"),
  @JsonSubTypes.Type(value = ClientMessage.Chat.class, name = "chat"),
  @JsonSubTypes.Type(value = ClientMessage.Status.class, name = "status"),
  @JsonSubTypes.Type(value = ClientMessage.Role.class, name = "role"),
  @JsonSubTypes.Type(value = ClientMessage.Remove.class, name = "remove"),
  @JsonSubTypes.Type(value = ClientMessage.IceServers.class, name = "ice-servers"),
  @JsonSubTypes.Type(value = ClientMessage.Leave.class, name = "leave"),
  @JsonSubTypes.Type(value = ClientMessage.Ack.class, name = "ack"),
  @JsonSubTypes.Type(value = ClientMessage.Ping.class, name = "ping")
})
public sealed interface ClientMessage {

  /**
   * Joins, or resumes {@code session} after {@code lastId}.
   *
   * @param role what the member wants to be, MEMBER when not said
   * @param token what the server asks for, if it asks
   */
  record Hello(
      @JsonProperty(required = true) int version,
      @JsonProperty(required = true) String room,
      @JsonProperty(required = true) String name,
      @Nullable String session,
      @Nullable Long lastId,
      @Nullable MemberRole role,
      @Nullable String token)
      implements ClientMessage {
    public Hello {
      Text.require(Text.isRoom(room), "room takes 1 to 64 of A-Z a-z 0-9 . _ -");
      Text.require(Text.isName(name), "name takes 1 to 64 characters, none of control");
      Text.require(
          session == null || Text.isSession(session), "session takes 22 to 64 of A-Z a-z 0-9 _ -");
      Text.require(lastId == null || lastId >= 0, "lastId is negative");
      Text.require(lastId == null || session != null, "lastId goes with a session");
      Text.require(role != MemberRole.HOST, "nobody asks to be host");
      Text.require(token == null || token.length() <= 512, "token has more than 512 characters");
    }

    /** The secret is in {@code session} and {@code token}: neither belongs into a log. */
    @Override
    public String toString() {
      return "hello from " + name + " to " + room;
    }
  }

  record Direct(
      @JsonProperty(required = true) String to, @JsonProperty(required = true) JsonNode data)
      implements ClientMessage {}

  record Broadcast(@JsonProperty(required = true) JsonNode data) implements ClientMessage {}

  record Chat(@JsonProperty(required = true) String text) implements ClientMessage {
    public Chat {
      Text.require(!text.isEmpty() && text.length() <= 4_000, "text takes 1 to 4,000 characters");
    }
  }

  record Status(@JsonProperty(required = true) String status) implements ClientMessage {
    public Status {
      Text.require(Text.isStatus(status), "status takes up to 64 characters, none of control");
    }
  }

  record Role(
      @JsonProperty(required = true) String member, @JsonProperty(required = true) MemberRole role)
      implements ClientMessage {}

  record Remove(@JsonProperty(required = true) String member) implements ClientMessage {}

  record IceServers() implements ClientMessage {}

  record Leave() implements ClientMessage {}

  record Ack(@JsonProperty(required = true) long ack) implements ClientMessage {}

  record Ping() implements ClientMessage {}
}
