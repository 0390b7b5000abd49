package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;
import org.purertc.ice.turn.IceServer;
import org.purertc.ice.turn.ServerCredentials;
import org.purertc.ice.turn.ServerUrl;
import org.purertc.ice.turn.TurnServerDouble;

/** A TURN server that goes away during a call of two peers that may only use relays. */
class LostRelayTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(1).delayMs(20);
  private final TurnServerDouble one = new TurnServerDouble(network.host("203.0.113.1"), loop);
  private final TurnServerDouble two = new TurnServerDouble(network.host("203.0.113.2"), loop);
  private final SimHost hostA = network.host("10.0.0.1");
  private final SimHost hostB = network.host("10.0.0.2");

  private TransportEnd end(SimHost host, String... urls) {
    List<IceServer> list = new ArrayList<>();
    for (String url : urls) {
      var credentials = new ServerCredentials(TurnServerDouble.USER, TurnServerDouble.PASSWORD);
      try {
        list.add(new IceServer(ServerUrl.parse(url), credentials));
      } catch (URISyntaxException e) {
        throw new AssertionError(e);
      }
    }
    IceTransports transports =
        new IceTransports(
            host, IceConfig.DEFAULT, IceTransports.Addresses.EXCEPT_LOOPBACK, new Random(7));
    return new TransportEnd(loop, transports, new IceServers(list, true, Runnable::run, null));
  }

  private void connect(TransportEnd a, TransportEnd b) {
    a.begin(IceRole.CONTROLLING, b);
    b.begin(IceRole.CONTROLLED, a);
    loop.runFor(5 * SECOND_NS);
    assertThat(a.transport.state()).isEqualTo(IceTransportState.COMPLETED);
    a.events.clear();
    b.events.clear();
  }

  private void restart(TransportEnd a, TransportEnd b) {
    a.candidates.clear();
    b.candidates.clear();
    a.transport.restart(a.transport.newCredentials());
    b.transport.restart(b.transport.newCredentials());
    a.begin(IceRole.CONTROLLING, b);
    b.begin(IceRole.CONTROLLED, a);
  }

  private static void assertTalking(TransportEnd a, TransportEnd b, SimLoop loop) {
    a.texts.clear();
    b.texts.clear();
    a.send("to b");
    b.send("to a");
    loop.runFor(SECOND_NS);
    assertThat(a.texts).containsExactly("to a");
    assertThat(b.texts).containsExactly("to b");
  }

  @Test
  void aServerThatForgotTheAllocationsIsReportedAndTheStateIsDisconnected() {
    TransportEnd a = end(hostA, "turn:203.0.113.1");
    TransportEnd b = end(hostB, "turn:203.0.113.1");
    connect(a, b);
    one.kill();
    one.restart();
    loop.runFor(10 * SECOND_NS);
    assertThat(a.events).containsExactly("DISCONNECTED");
    assertThat(a.errors).hasSize(1);
    assertThat(a.errors.get(0).code()).isEqualTo(437);
    assertThat(a.transport.selectedPair()).isNull();
  }

  @Test
  void aRestartAsksTheServerAnewAndTellsTheNewRelayAlone() {
    TransportEnd a = end(hostA, "turn:203.0.113.1");
    TransportEnd b = end(hostB, "turn:203.0.113.1");
    connect(a, b);
    IceCandidate lost = a.candidates.get(0);
    one.kill();
    one.restart();
    loop.runFor(10 * SECOND_NS);
    restart(a, b);
    loop.runFor(5 * SECOND_NS);
    assertThat(a.transport.state()).isEqualTo(IceTransportState.COMPLETED);
    assertThat(a.candidates).hasSize(1);
    assertThat(a.candidates.get(0).address()).isNotEqualTo(lost.address());
    assertThat(one.allocations()).isEqualTo(2);
    assertTalking(a, b, loop);
  }

  @Test
  void aRestartAtTheFirstSignOfTroubleDoesNotTellTheSilentRelay() {
    TransportEnd a = end(hostA, "turn:203.0.113.1", "turn:203.0.113.2");
    TransportEnd b = end(hostB, "turn:203.0.113.1", "turn:203.0.113.2");
    connect(a, b);
    IceCandidate lost = a.candidates.get(0);
    one.kill();
    loop.runFor(9 * SECOND_NS);
    restart(a, b);
    loop.runFor(20 * SECOND_NS);
    assertThat(a.transport.state()).isEqualTo(IceTransportState.COMPLETED);
    assertThat(a.candidates).hasSize(1);
    assertThat(a.candidates.get(0).address()).isNotEqualTo(lost.address());
    assertTalking(a, b, loop);
  }

  @Test
  void dataMovesToTheRelayOfAnotherServer() {
    TransportEnd a = end(hostA, "turn:203.0.113.1", "turn:203.0.113.2");
    TransportEnd b = end(hostB, "turn:203.0.113.1", "turn:203.0.113.2");
    connect(a, b);
    one.kill();
    one.restart();
    loop.runFor(12 * SECOND_NS);
    assertThat(a.transport.selectedPair().local().address().getAddress().getHostAddress())
        .isEqualTo("203.0.113.2");
    assertTalking(a, b, loop);
    assertThat(a.transport.state()).isIn(IceTransportState.CONNECTED, IceTransportState.COMPLETED);
    loop.runFor(120 * SECOND_NS);
    assertTalking(a, b, loop);
    assertThat(a.errors).hasSize(1);
  }

  @Test
  void theUnusedRelayOfADeadServerGoesWithoutHarm() {
    TransportEnd a = end(hostA, "turn:203.0.113.1", "turn:203.0.113.2");
    TransportEnd b = end(hostB, "turn:203.0.113.1", "turn:203.0.113.2");
    connect(a, b);
    two.kill();
    loop.runFor(700 * SECOND_NS);
    assertThat(a.errors).hasSize(1);
    assertThat(a.errors.get(0).url()).isEqualTo("turn:203.0.113.2");
    assertThat(a.events).isEmpty();
    assertTalking(a, b, loop);
  }
}
