package org.purertc.samples.signaling.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.rooms.RoomLimits;

/** One room, three servers, and a bus between them that loses messages and forgets. */
class FederationTest {
  private static final int MEMBERS = 5;
  private static final int MESSAGES = 40;
  private static final int SECONDS = 60;

  private final VirtualTime time = new VirtualTime();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 50);
  }

  static LongStream manySeeds() {
    return LongStream.rangeClosed(51, 1_000);
  }

  private List<SimulatedServer> servers(SimulatedBuses buses, long seed) {
    List<SimulatedServer> servers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SimulatedServer server = new SimulatedServer(time, RoomLimits.DEFAULT, 10 * seed + i);
      server.share(buses, "server " + i);
      servers.add(server);
    }
    return servers;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everythingArrivesOnceAndInOneOrder(long seed) {
    Random random = new Random(seed);
    SimulatedBuses buses = new SimulatedBuses(time, seed);
    List<SimulatedServer> servers = servers(buses, seed);
    List<SimulatedMember> members = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      members.add(new SimulatedMember(servers.get(i % 3), "member " + i, 1_000 * seed + i));
      time.pass(1);
    }
    // Who has never been in the room is told that it cannot be reached, and does not try again.
    buses.lostPerThousand = (int) (seed % 3) * 4;
    for (int from = 0; from < MEMBERS; from++) {
      SimulatedMember member = members.get(from);
      long[] times = random.longs(MESSAGES, 0, 1_000 * SECONDS).sorted().toArray();
      for (int i = 0; i < MESSAGES; i++) {
        ClientMessage line = new ClientMessage.Chat(from + "/" + i);
        time.afterMs(times[i], () -> member.send(line));
      }
      for (int i = 0; i < 4; i++) {
        time.afterMs(random.nextInt(1_000 * SECONDS), member::cut);
      }
    }
    time.afterMs(random.nextInt(1_000 * SECONDS), () -> buses.restart(random.nextInt(10_000)));
    time.pass(3 * SECONDS);
    List<String> first = lines(members.get(0));
    for (int from = 0; from < MEMBERS; from++) {
      String prefix = from + "/";
      assertThat(members.get(from).welcomes()).as("sessions of %d, seed %d", from, seed).hasSize(1);
      assertThat(first.stream().filter(it -> it.startsWith(prefix)))
          .as("what %d said, seed %d", from, seed)
          .isEqualTo(IntStream.range(0, MESSAGES).mapToObj(i -> prefix + i).toList());
      assertThat(lines(members.get(from))).as("heard by %d, seed %d", from, seed).isEqualTo(first);
    }
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("manySeeds")
  void everythingArrivesOnceAndInOneOrderWithMoreSeeds(long seed) {
    everythingArrivesOnceAndInOneOrder(seed);
  }

  private static List<String> lines(SimulatedMember member) {
    return member.received(ServerMessage.Chat.class).stream().map(it -> it.line().text()).toList();
  }

  @Test
  void theFirstOneIsHostOnWhicheverServer() {
    List<SimulatedServer> servers = servers(new SimulatedBuses(time, 1), 1);
    SimulatedMember ada = new SimulatedMember(servers.get(0), "Ada", 1);
    SimulatedMember bob = new SimulatedMember(servers.get(1), "Bob", 2);
    time.pass(2);
    assertThat(List.of(ada.welcome().role(), bob.welcome().role()))
        .containsExactlyInAnyOrder(MemberRole.HOST, MemberRole.MEMBER);
  }

  @Test
  void aRoomThatIsLeftIsNobodys() {
    List<SimulatedServer> servers = servers(new SimulatedBuses(time, 1), 1);
    for (SimulatedServer each : servers) {
      SimulatedMember ada = new SimulatedMember(each, "Ada", 1);
      time.pass(2);
      assertThat(each.rooms.roomCount()).isEqualTo(1);
      ada.reachable = false;
      ada.cut();
      time.pass(70);
      assertThat(each.rooms.roomCount()).isZero();
      assertThat(each.rooms.shared().relayedCount()).isZero();
    }
  }

  @Test
  void aRoomThatTwoServersHaveBelongsToOneOfThemAgain() {
    SimulatedBuses buses = new SimulatedBuses(time, 1);
    List<SimulatedServer> servers = servers(buses, 1);
    SimulatedMember ada = new SimulatedMember(servers.get(0), "Ada", 1);
    time.pass(2);
    // Everything is forgotten, and the other one asks before the first one has said it again.
    buses.bus("server 1").keepRoom("tea", place -> {});
    buses.restart(0);
    buses.bus("server 1").keepRoom("tea", place -> {});
    SimulatedMember bob = new SimulatedMember(servers.get(1), "Bob", 2);
    time.pass(20);
    assertThat(ada.welcomes()).hasSizeBetween(1, 2);
    assertThat(servers.stream().filter(it -> it.rooms.roomCount() == 1)).hasSize(1);
    ada.send(new ClientMessage.Chat("both here"));
    time.pass(5);
    assertThat(lines(bob)).containsExactly("both here");
  }
}
