package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;
import org.purertc.ice.sim.SimPort;

/** A shared port that one loop reads, and a session of another loop. */
class HandoverTest {

  private static final InetSocketAddress PORT = new InetSocketAddress("10.0.0.1", 3478);

  private final SimNetwork network = SimNetwork.with(1);
  private final SimLoop reading = new SimLoop();
  private final SimLoop other = new SimLoop();
  private final SimHost host = network.host("10.0.0.1");
  private final SharedPorts ports =
      new SharedPorts(host, new UnknownDatagrams(null, new SourceLimit(5)));
  private final RecordedSession first = new RecordedSession();
  private final RecordedSession session = new RecordedSession();
  private HostPort place;
  private SimPort remote;

  @BeforeEach
  void join() throws Exception {
    ports.join(reading, PORT, first, new PathId(0)).register("first");
    place = ports.join(other, PORT, session, new PathId(7));
    place.register("other");
    var nobody = new OwnPort(new RecordedSession(), new PathId(0));
    remote =
        network.host("10.0.0.2").open(reading, new InetSocketAddress("10.0.0.2", 5_000), nobody);
    send(StunDatagrams.request("other:remote"));
    reading.runFor(1);
    other.runFor(1);
    assertThat(session.seen).containsExactly("stun on 7");
    session.seen.clear();
  }

  private void send(byte[] datagram) {
    remote.send(datagram, 0, datagram.length, PORT);
  }

  private static byte[] data(int length) {
    byte[] data = new byte[length];
    data[0] = 22;
    return data;
  }

  @Test
  void datagramsComeOnTheSessionsLoopAndInOrder() {
    for (int length = 1; length <= 200; length++) {
      send(data(length));
    }
    reading.runFor(1);
    assertThat(session.seen).isEmpty();
    other.runFor(1);
    assertThat(session.seen).hasSize(200).startsWith("data 1", "data 2").endsWith("data 200");
    assertThat(first.seen).isEmpty();
  }

  @Test
  void aDatagramOfAnyLengthPasses() {
    Random random = new Random(11);
    for (int i = 0; i < 3_000; i++) {
      int length = 1 + random.nextInt(i % 10 == 0 ? 65_000 : 1_500);
      send(data(length));
      reading.runFor(1);
      other.runFor(1);
      assertThat(session.seen).containsExactly("data " + length);
      session.seen.clear();
    }
  }

  @Test
  void whatTheOtherLoopDoesNotTakeInTimeIsLost() {
    for (int i = 0; i < Handover.SLOTS + 50; i++) {
      send(data(1 + i));
    }
    reading.runFor(1);
    other.runFor(1);
    assertThat(session.seen).hasSize(Handover.SLOTS).endsWith("data " + Handover.SLOTS);
    session.seen.clear();
    send(data(9));
    reading.runFor(1);
    other.runFor(1);
    assertThat(session.seen).containsExactly("data 9");
  }

  @Test
  void aSessionThatHasLeftGetsNothingOfWhatWasOnItsWay() {
    send(data(3));
    reading.runFor(1);
    place.close();
    other.runFor(1);
    assertThat(session.seen).isEmpty();
  }
}
