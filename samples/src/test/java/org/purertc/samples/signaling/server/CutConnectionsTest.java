package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.samples.share.CuttableProxy;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** Real connections, cut at random between a member and the server: nothing is lost or doubled. */
@Timeout(300)
class CutConnectionsTest {
  private static final int MESSAGES = 40;
  private static final int CUTS = 3;

  private SignalingServer server;

  @BeforeEach
  void start() throws Exception {
    server = SignalingServer.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> manySeeds() {
    return Stream.of(TransportKind.values())
        .flatMap(kind -> LongStream.rangeClosed(1, 100).mapToObj(seed -> Arguments.of(kind, seed)));
  }

  @ParameterizedTest
  @CsvSource({"LONG_POLLING, 1", "SOCKET_IO, 2", "EVENT_STREAM, 3"})
  void nothingIsLostOrDoubled(TransportKind transport, long seed) throws Exception {
    talk(transport, seed);
  }

  @ParameterizedTest
  @Tag("long")
  @MethodSource("manySeeds")
  void nothingIsLostOrDoubledWithManySeeds(TransportKind transport, long seed) throws Exception {
    talk(transport, seed);
  }

  private void talk(TransportKind transport, long seed) throws Exception {
    Random random = new Random(seed);
    List<Integer> cutsAt = random.ints(CUTS, 1, MESSAGES).sorted().boxed().toList();
    try (CuttableProxy proxy = new CuttableProxy(server.port());
        Guest ada = Guest.join(server.port(), TransportKind.WEB_SOCKET, "Ada");
        Guest bob = Guest.join(proxy.port(), transport, "Bob")) {
      for (int i = 0; i < MESSAGES; i++) {
        ada.send(new ClientMessage.Broadcast(IntNode.valueOf(i)));
        bob.send(new ClientMessage.Broadcast(IntNode.valueOf(i)));
        if (cutsAt.contains(i)) {
          cutWhenHeard(proxy, ada, random.nextInt(i + 1));
        }
      }
      heardAll(ada, seed);
      heardAll(bob, seed);
    }
  }

  /** Cuts while later messages are under way. */
  private static void cutWhenHeard(CuttableProxy proxy, Guest by, int count)
      throws IOException, InterruptedException {
    while (broadcasts(by).size() < count) {
      by.next(ServerMessage.Broadcast.class);
    }
    proxy.cut();
  }

  private static void heardAll(Guest member, long seed) throws InterruptedException {
    while (broadcasts(member).size() < MESSAGES) {
      member.next(ServerMessage.Broadcast.class);
    }
    assertThat(broadcasts(member))
        .as("seed %d", seed)
        .isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
  }

  private static List<Integer> broadcasts(Guest member) {
    return member.heard.stream()
        .filter(ServerMessage.Broadcast.class::isInstance)
        .map(it -> ((ServerMessage.Broadcast) it).data().intValue())
        .toList();
  }
}
