package org.purertc.samples.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannelInit;
import org.purertc.samples.signaling.CandidateMode;

/** Two sessions, each the other's signalling, over real sockets. */
class LineSessionTest {
  private static final long LIMIT_SECONDS = 60;

  private final Lines toOfferer = new Lines();
  private final Lines toAnswerer = new Lines();
  private final BlockingQueue<String> fromOfferer = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> fromAnswerer = new LinkedBlockingQueue<>();
  private PeerConnectionFactory factory;
  private LineSession offerer;
  private LineSession answerer;

  @BeforeEach
  void start() {
    factory = PeerConnectionFactory.builder().loopbackOnly().build();
  }

  @AfterEach
  void stop() {
    factory.close();
  }

  private void connect(CandidateMode mode) {
    offerer = session(mode, toAnswerer, fromOfferer);
    answerer = session(mode, toOfferer, fromAnswerer);
  }

  private LineSession session(CandidateMode mode, Lines other, BlockingQueue<String> events) {
    return new LineSession(
        factory.createPeerConnection(RTCConfiguration.DEFAULT),
        mode,
        line -> {
          other.add(line);
          events.add(line);
        });
  }

  private static CompletableFuture<@Nullable String> run(LineSession session, Lines in) {
    return CompletableFuture.supplyAsync(
        () -> session.run(new BufferedReader(in)), task -> new Thread(task, "session").start());
  }

  private static void await(BlockingQueue<String> events, String expected)
      throws InterruptedException {
    for (; ; ) {
      String line = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(line).as("waiting for " + expected).isNotNull();
      if (line.equals(expected)) {
        return;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CandidateMode.class)
  void talkAndEndInOrder(CandidateMode mode) throws Exception {
    connect(mode);
    offerer.create("data", RTCDataChannelInit.DEFAULT);
    offerer.offer();
    var offererEnd = run(offerer, toOfferer);
    var answererEnd = run(answerer, toAnswerer);
    await(fromAnswerer, "{\"type\":\"event\",\"name\":\"open\",\"channel\":\"data\"}");
    toOfferer.add("{\"type\":\"send\",\"channel\":\"data\",\"text\":\"grüezi\"}");
    toOfferer.add("{\"type\":\"send\",\"base64\":\"AAEC\"}");
    await(fromAnswerer, "{\"type\":\"message\",\"channel\":\"data\",\"text\":\"grüezi\"}");
    await(fromAnswerer, "{\"type\":\"message\",\"channel\":\"data\",\"base64\":\"AAEC\"}");
    toAnswerer.add("{\"type\":\"send\",\"text\":\"bye\"}");
    toAnswerer.add("{\"type\":\"close\"}");
    await(fromOfferer, "{\"type\":\"message\",\"channel\":\"data\",\"text\":\"bye\"}");
    assertThat(answererEnd.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNull();
    toOfferer.add("{\"type\":\"close\"}");
    assertThat(offererEnd.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void aNegotiatedChannelIsNotAnnounced() throws Exception {
    connect(CandidateMode.TRICKLE);
    RTCDataChannelInit init = RTCDataChannelInit.DEFAULT.withOrdered(false).withNegotiatedId(7);
    offerer.create("a", init);
    answerer.create("b", init);
    offerer.offer();
    var offererEnd = run(offerer, toOfferer);
    var answererEnd = run(answerer, toAnswerer);
    await(fromOfferer, "{\"type\":\"event\",\"name\":\"open\",\"channel\":\"a\"}");
    toOfferer.add("{\"type\":\"send\",\"text\":\"x\"}");
    await(fromAnswerer, "{\"type\":\"message\",\"channel\":\"b\",\"text\":\"x\"}");
    assertThat(fromAnswerer).noneMatch(it -> it.contains("\"datachannel\""));
    toOfferer.add("{\"type\":\"close\"}");
    toAnswerer.add("{\"type\":\"close\"}");
    assertThat(offererEnd.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNull();
    assertThat(answererEnd.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void aWrongLineIsAnEventAndNoEnd() throws Exception {
    connect(CandidateMode.TRICKLE);
    var end = run(offerer, toOfferer);
    toOfferer.add("{\"type\":\"fly\"}");
    toOfferer.add("{\"type\":\"send\",\"channel\":\"none\",\"text\":\"x\"}");
    await(
        fromOfferer,
        "{\"type\":\"event\",\"name\":\"error\",\"reason\":\"unknown type \\\"fly\\\"\"}");
    await(
        fromOfferer,
        "{\"type\":\"event\",\"name\":\"error\",\"reason\":\"no channel \\\"none\\\"\"}");
    toOfferer.add("{\"type\":\"close\"}");
    assertThat(end.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNull();
  }
}
