package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

class SocketIceTransportTest {

  private static final long SEED = 7;
  private static final long SECOND_NS = 1_000_000_000L;

  private final SimNetwork network = SimNetwork.with(SEED).delayMs(10);
  private final SimLoop loop = new SimLoop();

  private TransportEnd end(Network host, Addresses addresses, long seed) {
    return new TransportEnd(
        loop, new IceTransports(host, IceConfig.DEFAULT, addresses, new Random(seed)));
  }

  private TransportEnd end(Network host, long seed) {
    return end(host, Addresses.EXCEPT_LOOPBACK, seed);
  }

  private void connect(TransportEnd a, TransportEnd b) {
    loop.execute(() -> a.begin(IceRole.CONTROLLING, b));
    loop.execute(() -> b.begin(IceRole.CONTROLLED, a));
    assertThat(
            loop.runUntil(
                () ->
                    a.transport.state() == IceTransportState.COMPLETED
                        && b.transport.state() == IceTransportState.COMPLETED,
                5 * SECOND_NS))
        .as("states %s and %s", a.transport.state(), b.transport.state())
        .isTrue();
  }

  private void close(TransportEnd... ends) {
    for (TransportEnd each : ends) {
      loop.execute(each.transport::close);
    }
    loop.runFor(1);
    assertThat(loop.timersSet()).isZero();
    assertThat(network.openPorts()).isZero();
  }

  @Test
  void connectsCarriesDataAndLeavesNothing() {
    TransportEnd a = end(network.host("10.0.0.1", "2001:db8::1"), 1);
    TransportEnd b = end(network.host("10.0.0.2", "2001:db8::2"), 2);
    connect(a, b);
    assertThat(a.transport.roundTripNs()).isEqualTo(20_000_000);
    assertThat(a.transport.selectedPair()).isNotNull();
    loop.execute(() -> a.send("hello"));
    loop.execute(() -> b.send("hello yourself"));
    loop.runFor(SECOND_NS);
    assertThat(b.texts).containsExactly("hello");
    assertThat(a.texts).containsExactly("hello yourself");
    close(a, b);
  }

  @Test
  void prefersTheAddressThatTheNetworkNamesFirst() {
    TransportEnd a = end(network.host("2001:db8::1", "10.0.0.1"), 1);
    loop.execute(a.transport::gather);
    loop.runFor(1);
    assertThat(a.candidates)
        .extracting(candidate -> candidate.address().getAddress().getHostAddress())
        .containsExactly("2001:db8:0:0:0:0:0:1", "10.0.0.1");
    assertThat(a.candidates.get(0).priority()).isGreaterThan(a.candidates.get(1).priority());
    close(a);
  }

  @Test
  void gathersOnce() {
    TransportEnd a = end(network.host("10.0.0.1"), 1);
    loop.execute(a.transport::gather);
    loop.execute(a.transport::gather);
    loop.runFor(1);
    assertThat(a.candidates).hasSize(1);
    assertThat(a.events).containsExactly("gathered");
    close(a);
  }

  @Test
  void withoutALocalAddressItFailsAndSaysWhy() {
    TransportEnd a = end(network.host("127.0.0.1"), 1);
    TransportEnd b = end(network.host("10.0.0.2"), 2);
    loop.execute(a.transport::gather);
    loop.runFor(1);
    assertThat(a.events).containsExactly("gathered");
    loop.execute(() -> a.begin(IceRole.CONTROLLING, b));
    loop.runFor(1);
    assertThat(a.events).containsExactly("gathered", "FAILED");
    assertThat(a.lastReason)
        .isEqualTo("no local candidate: none of the 1 local addresses is EXCEPT_LOOPBACK");
    assertThat(a.transport.state()).isEqualTo(IceTransportState.FAILED);
    close(a, b);
  }

  @Test
  void dropsDataFromAnAddressThatWasNotValidated() throws IOException {
    TransportEnd a = end(network.host("10.0.0.1"), 1);
    TransportEnd b = end(network.host("10.0.0.2"), 2);
    connect(a, b);
    SimHost stranger = network.host("10.0.0.3");
    Network.DatagramPort port =
        stranger.open(loop, new InetSocketAddress(InetAddress.getByName("10.0.0.3"), 0), ignore());
    byte[] forged = {22, 1, 2, 3};
    loop.execute(() -> port.send(forged, 0, forged.length, b.candidates.get(0).address()));
    loop.runFor(SECOND_NS);
    assertThat(b.texts).isEmpty();
    port.close();
    close(a, b);
  }

  @Test
  void aDatagramWithoutASelectedPairIsLost() {
    TransportEnd a = end(network.host("10.0.0.1"), 1);
    loop.execute(() -> a.send("too early"));
    loop.runFor(1);
    assertThat(network.sent()).isZero();
    close(a);
  }

  @Test
  void closedByItsListenerItReportsNothingMore() {
    TransportEnd a = end(network.host("10.0.0.1"), 1);
    TransportEnd b = end(network.host("10.0.0.2"), 2);
    a.onState = state -> a.transport.close();
    loop.execute(() -> a.begin(IceRole.CONTROLLING, b));
    loop.execute(() -> b.begin(IceRole.CONTROLLED, a));
    loop.runFor(SECOND_NS);
    assertThat(a.events).containsExactly("gathered", "CHECKING");
    assertThat(a.transport.state()).isEqualTo(IceTransportState.CLOSED);
    loop.execute(a.transport::gather);
    loop.execute(a.transport::close);
    close(a, b);
    assertThat(a.events).hasSize(2);
  }

  @Test
  void sendsNothingAfterConsentHasExpired() {
    TransportEnd a = end(network.host("10.0.0.1"), 1);
    TransportEnd b = end(network.host("10.0.0.2"), 2);
    connect(a, b);
    network.cut();
    assertThat(
            loop.runUntil(() -> a.transport.state() == IceTransportState.FAILED, 100 * SECOND_NS))
        .isTrue();
    loop.runFor(60 * SECOND_NS);
    long before = network.sent();
    loop.execute(() -> a.send("into the void"));
    loop.runFor(SECOND_NS);
    assertThat(network.sent()).isEqualTo(before);
    close(a, b);
  }

  @Test
  void passesOnThatThePortIsFullAndThatItHasRoomAgain() {
    FullPorts full = new FullPorts(network.host("10.0.0.1"));
    TransportEnd a = end(full, 1);
    TransportEnd b = end(network.host("10.0.0.2"), 2);
    connect(a, b);
    full.full = true;
    List<Boolean> more = new ArrayList<>();
    loop.execute(() -> more.add(a.transport.send(new byte[] {22}, 0, 1)));
    loop.runFor(1);
    assertThat(more).containsExactly(false);
    assertThat(a.events).doesNotContain("writable");
    full.full = false;
    loop.execute(() -> full.receiver.onWritable(loop.nowNs()));
    loop.execute(() -> full.receiver.onWritable(loop.nowNs()));
    loop.execute(() -> more.add(a.transport.send(new byte[] {22}, 0, 1)));
    loop.runFor(1);
    assertThat(more).containsExactly(false, true);
    assertThat(a.events).containsOnlyOnce("writable");
    close(a, b);
  }

  private static Network.DatagramReceiver ignore() {
    return new Network.DatagramReceiver() {
      @Override
      public void onDatagram(
          byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {}

      @Override
      public void onWritable(long nowNs) {}
    };
  }

  /** A host whose kernel can be told to have no room. */
  private static final class FullPorts implements Network {
    private final SimHost host;
    private boolean full;
    private Network.DatagramReceiver receiver = ignore();

    FullPorts(SimHost host) {
      this.host = host;
    }

    @Override
    public List<InetAddress> localAddresses() {
      return host.localAddresses();
    }

    @Override
    public DatagramPort open(Loop loop, InetSocketAddress local, DatagramReceiver opened)
        throws IOException {
      receiver = opened;
      DatagramPort port = host.open(loop, local, opened);
      return new DatagramPort() {
        @Override
        public InetSocketAddress localAddress() {
          return port.localAddress();
        }

        @Override
        public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
          return !full && port.send(buffer, offset, length, to);
        }

        @Override
        public DatagramPort sender(Loop other, Runnable onWritable) {
          return port.sender(other, onWritable);
        }

        @Override
        public void close() {
          port.close();
        }
      };
    }
  }
}
