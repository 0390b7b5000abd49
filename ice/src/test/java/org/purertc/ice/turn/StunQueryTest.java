package org.purertc.ice.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.internal.ServerMessage;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

/** Asking a server which address it sees, in virtual time. */
class StunQueryTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(1).delayMs(20);
  private final TurnServerDouble server = new TurnServerDouble(network.host("203.0.113.1"), loop);
  private final SimHost host = network.host("10.0.0.1");
  private final ServerCodec codec = new ServerCodec();
  private final List<String> told = new ArrayList<>();
  private Network.DatagramPort port;
  private StunQuery query;
  private Loop.LoopTimer timer;

  @BeforeEach
  void ask() throws IOException {
    port = host.open(loop, new InetSocketAddress("10.0.0.1", 0), new Answers());
    query = new StunQuery(codec, new ToServer(), new Random(1), new Told());
    timer =
        loop.timer(
            nowNs -> {
              query.onDeadline(nowNs);
              timer.set(query.nextDeadlineNs());
            });
    query.start(0);
    timer.set(query.nextDeadlineNs());
  }

  @Test
  void tellsTheMappedAddress() {
    loop.runFor(SECOND_NS);
    assertThat(told).containsExactly("mapped " + port.localAddress());
    assertThat(query.isPending()).isFalse();
  }

  @Test
  void keepsTheMappingAliveWithIndications() {
    loop.runFor(SECOND_NS);
    long before = network.sent();
    loop.runFor(60 * SECOND_NS);
    assertThat(network.sent() - before).isEqualTo(4);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void aSilentServerIsReportedOnce() {
    server.kill();
    loop.runFor(60 * SECOND_NS);
    assertThat(told).containsExactly("failed 701");
    assertThat(network.sent()).isEqualTo(7);
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void nothingIsSentAfterTheClose() {
    loop.runFor(SECOND_NS);
    query.close();
    long before = network.sent();
    loop.runFor(60 * SECOND_NS);
    assertThat(network.sent()).isEqualTo(before);
  }

  private final class ToServer implements ServerPath {
    @Override
    public boolean send(byte[] buffer, int offset, int length) {
      return port.send(buffer, offset, length, server.address());
    }

    @Override
    public boolean isReliable() {
      return false;
    }
  }

  private final class Answers implements Network.DatagramReceiver {
    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
      ServerMessage message = codec.decode(buffer, offset, length);
      if (message != null && query.receive(message, nowNs)) {
        timer.set(query.nextDeadlineNs());
      }
    }

    @Override
    public void onWritable(long nowNs) {}
  }

  private final class Told implements StunQuery.Listener {
    @Override
    public void onMapped(InetSocketAddress mapped) {
      told.add("mapped " + mapped);
    }

    @Override
    public void onFailed(ServerError error) {
      told.add("failed " + error.code());
    }
  }
}
