package org.purertc.samples.signaling.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.rooms.RoomLimits;

/** Connections are cut at random; nothing is lost, doubled or out of order. */
class ResumedSessionTest {
  private static final int MEMBERS = 4;
  private static final int MESSAGES = 60;
  private static final int SECONDS = 60;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  static LongStream manySeeds() {
    return LongStream.rangeClosed(101, 2_000);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everythingArrivesOnceAndInOrder(long seed) {
    List<SimulatedMember> members = converse(seed);
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < MEMBERS; i++) {
      numbers.put(members.get(i).welcome().member(), i);
    }
    for (int to = 0; to < MEMBERS; to++) {
      assertThat(members.get(to).welcomes()).as("sessions, seed %d", seed).hasSize(1);
      assertThat(members.get(to).isDelivered()).as("acknowledged, seed %d", seed).isTrue();
      Map<Integer, List<Integer>> heard = heard(members.get(to), numbers);
      for (int from = 0; from < MEMBERS; from++) {
        int me = to;
        int other = from;
        List<Integer> sent =
            IntStream.range(0, MESSAGES).filter(i -> isFor(i, other, me)).boxed().toList();
        assertThat(heard.getOrDefault(from, List.of()))
            .as("what %d heard of %d, seed %d", to, from, seed)
            .isEqualTo(sent);
      }
    }
    assertSameChat(members, seed);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("manySeeds")
  void everythingArrivesOnceAndInOrderWithMoreSeeds(long seed) {
    everythingArrivesOnceAndInOrder(seed);
  }

  /** Message i goes to all others, to the next member, or into the chat. */
  private static boolean isFor(int i, int from, int to) {
    return switch (i % 3) {
      case 0 -> from != to;
      case 1 -> to == (from + 1) % MEMBERS;
      default -> true;
    };
  }

  private static List<SimulatedMember> converse(long seed) {
    Random random = new Random(seed);
    VirtualTime time = new VirtualTime();
    SimulatedServer server = new SimulatedServer(time, RoomLimits.DEFAULT, seed);
    List<SimulatedMember> members = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      members.add(new SimulatedMember(server, "member " + i, 1_000 * seed + i));
    }
    time.pass(2);
    for (int from = 0; from < MEMBERS; from++) {
      SimulatedMember member = members.get(from);
      String next = members.get((from + 1) % MEMBERS).welcome().member();
      long[] times = random.longs(MESSAGES, 0, 1_000 * SECONDS).sorted().toArray();
      for (int i = 0; i < MESSAGES; i++) {
        ClientMessage message = message(i, next);
        time.afterMs(times[i], () -> member.send(message));
      }
      for (int i = 0; i < 12; i++) {
        time.afterMs(random.nextInt(1_000 * SECONDS), member::cut);
      }
      int awayMs = random.nextInt(1_000 * SECONDS);
      time.afterMs(awayMs, () -> member.reachable = false);
      time.afterMs(awayMs, member::cut);
      time.afterMs(awayMs + 20_000, () -> member.reachable = true);
    }
    time.pass(2 * SECONDS);
    return members;
  }

  private static ClientMessage message(int i, String next) {
    return switch (i % 3) {
      case 0 -> new ClientMessage.Broadcast(IntNode.valueOf(i));
      case 1 -> new ClientMessage.Direct(next, IntNode.valueOf(i));
      default -> new ClientMessage.Chat(String.valueOf(i));
    };
  }

  private static Map<Integer, List<Integer>> heard(
      SimulatedMember member, Map<String, Integer> numbers) {
    Map<Integer, List<Integer>> heard = new HashMap<>();
    for (ServerMessage message : member.received) {
      if (message instanceof ServerMessage.Broadcast it) {
        heard(heard, numbers.get(it.from())).add(it.data().intValue());
      } else if (message instanceof ServerMessage.Direct it) {
        heard(heard, numbers.get(it.from())).add(it.data().intValue());
      } else if (message instanceof ServerMessage.Chat it) {
        heard(heard, numbers.get(it.line().from())).add(Integer.valueOf(it.line().text()));
      }
    }
    return heard;
  }

  private static List<Integer> heard(Map<Integer, List<Integer>> heard, int from) {
    return heard.computeIfAbsent(from, any -> new ArrayList<>());
  }

  private static void assertSameChat(List<SimulatedMember> members, long seed) {
    List<ServerMessage.Chat> first = members.get(0).received(ServerMessage.Chat.class);
    for (SimulatedMember each : members) {
      assertThat(each.received(ServerMessage.Chat.class))
          .as("chat, seed %d", seed)
          .isEqualTo(first);
    }
  }

  @Test
  void aRestartedServerIsJoinedAnew() {
    VirtualTime time = new VirtualTime();
    SimulatedServer server = new SimulatedServer(time, RoomLimits.DEFAULT, 1);
    SimulatedMember ada = new SimulatedMember(server, "Ada", 2);
    SimulatedMember bob = new SimulatedMember(server, "Bob", 3);
    time.pass(2);
    server.restart();
    time.pass(30);
    ada.send(new ClientMessage.Chat("still here?"));
    time.pass(2);
    assertThat(ada.welcomes()).hasSize(2);
    assertThat(bob.received(ServerMessage.Chat.class)).hasSize(1);
    assertThat(server.rooms.sessionCount()).isEqualTo(2);
  }

  @Test
  void whoStaysAwayIsGoneAfterAMinute() {
    VirtualTime time = new VirtualTime();
    SimulatedServer server = new SimulatedServer(time, RoomLimits.DEFAULT, 1);
    SimulatedMember ada = new SimulatedMember(server, "Ada", 2);
    SimulatedMember bob = new SimulatedMember(server, "Bob", 3);
    time.pass(2);
    bob.reachable = false;
    bob.cut();
    time.pass(30);
    assertThat(ada.received(ServerMessage.Presence.class))
        .containsExactly(new ServerMessage.Presence(bob.welcome().member(), false, ""));
    time.pass(40);
    assertThat(ada.received(ServerMessage.Left.class)).hasSize(1);
    assertThat(server.rooms.sessionCount()).isEqualTo(1);
  }

  @Test
  void aSenderKeepsToItsRateByItself() {
    VirtualTime time = new VirtualTime();
    SimulatedServer server = new SimulatedServer(time, RoomLimits.DEFAULT, 1);
    SimulatedMember ada = new SimulatedMember(server, "Ada", 2);
    SimulatedMember bob = new SimulatedMember(server, "Bob", 3);
    time.pass(2);
    for (int i = 0; i < 2_000; i++) {
      ada.send(new ClientMessage.Broadcast(IntNode.valueOf(i)));
    }
    time.pass(120);
    assertThat(ada.received(ServerMessage.Failure.class)).isEmpty();
    assertThat(bob.received(ServerMessage.Broadcast.class)).hasSize(2_000);
  }

  @Test
  void anIdleConnectionIsKept() {
    VirtualTime time = new VirtualTime();
    SimulatedServer server = new SimulatedServer(time, RoomLimits.DEFAULT, 1);
    SimulatedMember ada = new SimulatedMember(server, "Ada", 2);
    time.pass(600);
    assertThat(ada.interruptions).as("pings are answered").isEmpty();
    assertThat(ada.end).isNull();
  }
}
