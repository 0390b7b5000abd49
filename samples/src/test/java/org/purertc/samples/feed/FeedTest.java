package org.purertc.samples.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.server.SignalingServer;

/** A feed and who hears it, in a room of a real server. */
@Timeout(120)
class FeedTest {
  private static final long LIMIT_SECONDS = 60;
  private static final int SYMBOLS = 5;
  private static final int MESSAGES = 20;

  private final BlockingQueue<ServerMessage> inbox = new LinkedBlockingQueue<>();
  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    server = SignalingServer.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SignalingChannel join(String name, MemberRole role, SignalingChannel.Listener listener)
      throws Exception {
    return SignalingChannel.join(
        RoomServer.of(URI.create("http://127.0.0.1:" + server.port())),
        JoinRequest.of("tea", name).withRole(role),
        listener);
  }

  private static Feed feed() {
    return new Feed(new Market(SYMBOLS, new Random(1)), new Feed.Pace(1_000, 50), line -> {});
  }

  private JsonNode next(String type) throws InterruptedException {
    while (true) {
      ServerMessage message = inbox.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("waiting for %s", type).isNotNull();
      JsonNode data =
          message instanceof ServerMessage.Broadcast broadcast
              ? broadcast.data()
              : message instanceof ServerMessage.Direct direct ? direct.data() : null;
      if (data != null && data.path("type").asText().equals(type)) {
        return data;
      }
    }
  }

  private void hearsEverything() throws InterruptedException {
    JsonNode symbols = next("symbols");
    assertThat(symbols.path("symbols")).hasSize(SYMBOLS);
    long number = symbols.path("number").asLong();
    for (int i = 0; i < MESSAGES; i++) {
      JsonNode ticks = next("ticks");
      number += ticks.path("ticks").size();
      assertThat(ticks.path("number").asLong()).as("message %d", i).isEqualTo(number);
      for (JsonNode tick : ticks.path("ticks")) {
        assertThat(tick.path(0).asInt()).isBetween(0, SYMBOLS - 1);
        assertThat(tick.path(1).asInt()).isPositive();
      }
    }
    assertThat(number).as("many updates in a message").isGreaterThan(5 * MESSAGES);
  }

  @Test
  void whoComesLaterHearsEveryUpdateFromThenOn() throws Exception {
    try (Feed feed = feed();
        SignalingChannel feeder = join("Feed", MemberRole.MEMBER, feed)) {
      feed.start(feeder);
      try (SignalingChannel own = join("Ada", MemberRole.LISTENER, inbox::add)) {
        assertThat(own.welcome().members()).hasSize(1);
        hearsEverything();
      }
    }
  }

  @Test
  void whoWasThereHearsEveryUpdate() throws Exception {
    try (SignalingChannel own = join("Ada", MemberRole.LISTENER, inbox::add);
        Feed feed = feed();
        SignalingChannel feeder = join("Feed", MemberRole.MEMBER, feed)) {
      feed.start(feeder);
      assertThat(own.welcome().members()).isEmpty();
      hearsEverything();
    }
  }

  @Test
  void tellsTheTimeToWhoAsks() throws Exception {
    try (Feed feed = feed();
        SignalingChannel feeder = join("Feed", MemberRole.MEMBER, feed)) {
      feed.start(feeder);
      try (SignalingChannel own = join("Ada", MemberRole.LISTENER, inbox::add)) {
        ObjectNode question =
            new ObjectMapper().createObjectNode().put("type", "clock").put("sentMs", 12.5);
        own.send(new ClientMessage.Direct(feeder.welcome().member(), question));
        JsonNode answer = next("clock");
        assertThat(answer.path("sentMs").asDouble()).isEqualTo(12.5);
        assertThat(answer.path("atMs").asDouble()).isGreaterThan(1.6e12);
      }
    }
  }
}
