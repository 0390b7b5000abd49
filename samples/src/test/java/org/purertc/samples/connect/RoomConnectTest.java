package org.purertc.samples.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannelInit;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomPartner;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.server.SignalingServer;

/** Two sessions that signal in a room, over real sockets. */
@Timeout(120)
class RoomConnectTest {
  private static final long LIMIT_SECONDS = 60;

  private PeerConnectionFactory factory;
  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    factory = PeerConnectionFactory.builder().loopbackOnly().build();
    server = SignalingServer.start(0);
  }

  @AfterEach
  void stop() {
    factory.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void whoeverComesFirstTheyConnect(TransportKind transport) throws Exception {
    BlockingQueue<String> answererLines = new LinkedBlockingQueue<>();
    Lines toOfferer = new Lines();
    Lines toAnswerer = new Lines();
    try (RoomPartner first = new RoomPartner();
        RoomPartner second = new RoomPartner()) {
      LineSession offerer = session(first, new LinkedBlockingQueue<>());
      LineSession answerer = session(second, answererLines);
      offerer.create("data", RTCDataChannelInit.DEFAULT);
      first.whenMet(offerer::offer);
      join(first, TransportKind.WEB_SOCKET, offerer);
      join(second, transport, answerer);
      CompletableFuture<@Nullable String> offering = run(offerer, toOfferer);
      CompletableFuture<@Nullable String> answering = run(answerer, toAnswerer);
      await(answererLines, "\"name\":\"open\"");
      toAnswerer.add("{\"type\":\"close\"}");
      assertThat(answering.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNull();
      toOfferer.add("{\"type\":\"close\"}");
      assertThat(offering.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  void aThirdOneIsTurnedAway() throws Exception {
    try (RoomPartner first = new RoomPartner();
        RoomPartner second = new RoomPartner();
        RoomPartner third = new RoomPartner()) {
      join(first, TransportKind.WEB_SOCKET, session(first, new LinkedBlockingQueue<>()));
      join(second, TransportKind.WEB_SOCKET, session(second, new LinkedBlockingQueue<>()));
      LineSession late = session(third, new LinkedBlockingQueue<>());
      late.create("data", RTCDataChannelInit.DEFAULT);
      third.whenMet(late::offer);
      join(third, TransportKind.WEB_SOCKET, late);
      assertThat(run(late, new Lines()).get(LIMIT_SECONDS, TimeUnit.SECONDS))
          .contains("has its partner already");
    }
  }

  /** Candidates may be found until the peer is closed. */
  @Test
  @SuppressWarnings("try") // each is closed once more in the end
  void whatIsSaidAfterTheEndIsDropped() throws Exception {
    SignalingMessage late = new SignalingMessage.Failure("too late");
    BlockingQueue<String> lost = new LinkedBlockingQueue<>();
    try (RoomPartner first = new RoomPartner();
        RoomPartner second = new RoomPartner()) {
      join(first, TransportKind.WEB_SOCKET, session(first, new LinkedBlockingQueue<>()));
      second.join(
          RoomServer.of(URI.create("http://127.0.0.1:" + server.port())),
          JoinRequest.of("tea", "Bob"),
          new RoomPartner.Listener() {
            @Override
            public void onMessage(SignalingMessage message) {}

            @Override
            public void onLost(String reason) {
              second.send(late);
              lost.add(reason);
            }
          });
      first.close();
      first.send(late);
      assertThat(lost.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("left the room");
      second.close();
      second.send(late);
      assertThat(lost.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("left");
    }
    assertThat(lost).isEmpty();
  }

  private LineSession session(RoomPartner partner, BlockingQueue<String> lines) {
    return new LineSession(
        factory.createPeerConnection(RTCConfiguration.DEFAULT),
        CandidateMode.TRICKLE,
        lines::add,
        partner::send);
  }

  private void join(RoomPartner partner, TransportKind transport, LineSession session)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port());
    partner.join(
        RoomServer.of(uri).withTransport(transport), JoinRequest.of("tea", "Ada"), session);
  }

  private static CompletableFuture<@Nullable String> run(LineSession session, Lines in) {
    return CompletableFuture.supplyAsync(
        () -> session.run(new BufferedReader(in)), task -> new Thread(task, "session").start());
  }

  private static void await(BlockingQueue<String> lines, String part) throws InterruptedException {
    String line = "";
    while (!line.contains(part)) {
      line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(line).as("waiting for %s", part).isNotNull();
    }
  }
}
