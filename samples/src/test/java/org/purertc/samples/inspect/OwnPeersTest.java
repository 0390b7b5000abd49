package org.purertc.samples.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelInit;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.web.PageServer;

class OwnPeersTest {
  private static final long LIMIT_SECONDS = 60;

  private final PeerConnectionFactory factory = factory();
  private final AtomicInteger factories = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingDeque<JsonNode> told = new LinkedBlockingDeque<>();
  private OwnPeers peers;
  private PageServer server;

  @BeforeEach
  void start() throws Exception {
    peers = new OwnPeers(this::counted, "secret"::equals);
    server =
        PageServer.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0, peers::configure);
  }

  @AfterEach
  void stop() {
    server.close();
    peers.close();
    factory.close();
  }

  private static PeerConnectionFactory factory() {
    return PeerConnectionFactory.builder().loopbackOnly().build();
  }

  private PeerConnectionFactory counted() {
    factories.incrementAndGet();
    return factory();
  }

  private WebSocket open(String path) throws Exception {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + path);
    return client
        .newWebSocketBuilder()
        .buildAsync(uri, new Incoming())
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private final class Incoming implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        told.add(json(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/peer", "/lab", "/peer?token=wrong", "/lab?token=wrong"})
  void whoHasNoTokenIsRefused(String path) {
    assertThatThrownBy(() -> open(path))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
    assertThat(factories).hasValue(0);
  }

  @Test
  void aFactoryIsMadeForTheFirstVisitorAndServesAll() throws Exception {
    for (String path : List.of("/peer?token=secret", "/lab?token=secret")) {
      WebSocket socket = open(path);
      try (RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
        connect(peer, socket, RTCDataChannelInit.DEFAULT);
      }
      socket.abort();
    }
    assertThat(factories).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/peer?token=secret", "/lab?token=secret"})
  void messagesComeBack(String path) throws Exception {
    WebSocket socket = open(path);
    try (RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      RTCDataChannel channel = connect(peer, socket, RTCDataChannelInit.DEFAULT);
      CompletableFuture<RTCMessage> back = new CompletableFuture<>();
      channel.onMessage(back::complete);
      channel.send("grüß dich");
      assertThat(back.get(LIMIT_SECONDS, TimeUnit.SECONDS).text()).isEqualTo("grüß dich");
    }
    socket.abort();
  }

  @Test
  void whoAsksForTheViewIsToldEventsAndStatistics() throws Exception {
    WebSocket socket = open("/peer?view=1&token=secret");
    try (RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      connect(peer, socket, RTCDataChannelInit.DEFAULT);
      assertThat(next("event").path("event").asText()).isNotEmpty();
      JsonNode statistics = next("statistics").path("statistics");
      assertThat(statistics).extracting(each -> each.path("type").asText()).contains("transport");
    }
    socket.abort();
  }

  @Test
  void whatTheRelayLosesStaysAway() throws Exception {
    WebSocket socket = open("/lab?token=secret");
    try (RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      RTCDataChannelInit once = RTCDataChannelInit.DEFAULT.withOrdered(false).withMaxRetransmits(0);
      RTCDataChannel channel = connect(peer, socket, once);
      BlockingQueue<Integer> back = new LinkedBlockingQueue<>();
      channel.onMessage(message -> back.add(Integer.parseInt(message.text())));
      var unused = socket.sendText("{\"type\":\"conditions\",\"loss\":0.3,\"rttMs\":-3}", true);
      int arrived = 0;
      int last = -1;
      // As many are missing before the last that came.
      for (int number = 0; last + 1 - arrived < 5; number++) {
        assertThat(number).isLessThan(2_000);
        channel.send(Integer.toString(number));
        Integer next = back.poll(20, TimeUnit.MILLISECONDS);
        if (next != null) {
          arrived++;
          last = Math.max(last, next);
        }
      }
    }
    socket.abort();
  }

  private JsonNode next(String type) throws InterruptedException {
    while (true) {
      JsonNode node = told.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(node).as("waiting for %s", type).isNotNull();
      if (node.path("type").asText().equals(type)) {
        return node;
      }
    }
  }

  /** Passes on what the server answers until the channel is open. */
  private RTCDataChannel connect(
      RTCPeerConnection peer, WebSocket socket, RTCDataChannelInit options) throws Exception {
    RTCDataChannel channel = peer.createDataChannel("echo", options);
    CompletableFuture<String> failure = new CompletableFuture<>();
    Negotiator negotiator =
        new Negotiator(
            peer,
            CandidateMode.IN_DESCRIPTION,
            message -> {
              var unused = socket.sendText(SignalingFormat.write(message), true);
            },
            failure::complete);
    negotiator.offer();
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!channel.opened().isDone()) {
      assertThat(System.nanoTime()).as("no channel in time").isLessThan(endNs);
      JsonNode node = told.poll(100, TimeUnit.MILLISECONDS);
      SignalingMessage message = node == null ? null : SignalingFormat.read(node);
      if (message != null) {
        negotiator.receive(message);
      } else if (node != null) {
        told.addLast(node);
      }
      assertThat(failure.getNow("")).isEmpty();
    }
    return channel;
  }
}
