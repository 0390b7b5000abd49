package org.purertc.ice.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.io.Network.DatagramReceiver;

/** The simulated network does what its conditions say. */
class SimNetworkTest {

  private static final long MS = 1_000_000;

  /** What one port received: number of the datagram and arrival in milliseconds. */
  private static final class Log implements DatagramReceiver {
    final List<Integer> numbers = new ArrayList<>();
    final List<Long> times = new ArrayList<>();

    @Override
    public void onDatagram(byte[] b, int offset, int length, InetSocketAddress from, long nowNs) {
      numbers.add((b[offset] & 0xff) << 8 | b[offset + 1] & 0xff);
      times.add(nowNs / MS);
    }

    @Override
    public void onWritable(long nowNs) {}
  }

  private static Log send(SimNetwork network, int datagrams, int bytes) throws IOException {
    SimLoop loop = new SimLoop();
    Log log = new Log();
    SimPort from = open(network.host("10.0.0.1"), "10.0.0.1", loop, new Log());
    SimPort to = open(network.host("10.0.0.2"), "10.0.0.2", loop, log);
    for (int i = 0; i < datagrams; i++) {
      byte[] datagram = new byte[bytes];
      datagram[0] = (byte) (i >> 8);
      datagram[1] = (byte) i;
      loop.at(i * MS, () -> from.send(datagram, 0, bytes, to.localAddress()));
    }
    loop.runUntil(100_000 * MS);
    return log;
  }

  private static SimPort open(SimHost host, String address, SimLoop loop, Log log)
      throws IOException {
    return host.open(loop, new InetSocketAddress(address, 0), log);
  }

  @Test
  void delaysAndKeepsTheOrder() throws IOException {
    Log log = send(SimNetwork.with(1).delayMs(40).jitterMs(30), 500, 100);
    assertThat(log.numbers).hasSize(500).isSorted();
    assertThat(log.times.get(0)).isBetween(40L, 70L);
  }

  @Test
  void losesAboutAsManyAsItSays() throws IOException {
    Log log = send(SimNetwork.with(2).lossPercent(20), 5_000, 100);
    assertThat(log.numbers.size()).isBetween(3_800, 4_200);
  }

  @Test
  void duplicatesAndReorders() throws IOException {
    Log log =
        send(SimNetwork.with(3).delayMs(20).duplicatePercent(10).reorderPercent(10), 2_000, 100);
    assertThat(log.numbers.size()).isBetween(2_100, 2_300);
    List<Integer> sorted = log.numbers.stream().sorted().toList();
    assertThat(log.numbers).isNotEqualTo(sorted);
    assertThat(sorted.stream().distinct().count()).isEqualTo(2_000);
  }

  @Test
  void theSameSeedGivesTheSameRun() throws IOException {
    SimNetwork first = SimNetwork.with(4).delayMs(20).jitterMs(9).lossPercent(9).reorderPercent(9);
    SimNetwork again = SimNetwork.with(4).delayMs(20).jitterMs(9).lossPercent(9).reorderPercent(9);
    assertThat(send(first, 1_000, 50).numbers).isEqualTo(send(again, 1_000, 50).numbers);
  }

  @Test
  void aRateSpreadsAndAFullQueueDrops() throws IOException {
    // 972 + 28 bytes at 1 Mbit/s take 8 ms each, and one is handed in each millisecond.
    Log log = send(SimNetwork.with(5).rate(1_000_000).queueBytes(10_000), 1_000, 972);
    assertThat(log.numbers.size()).isBetween(125, 140);
    assertThat(log.times.get(1) - log.times.get(0)).isEqualTo(8);
    assertThat(log.times.get(log.times.size() - 1)).isBetween(1_000L, 1_090L);
  }

  @Test
  void aCutPathLosesEverythingUntilItIsRestored() throws IOException {
    SimNetwork network = SimNetwork.with(6).delayMs(10);
    network.cut();
    assertThat(send(network, 10, 50).numbers).isEmpty();
    network.restore();
    SimLoop loop = new SimLoop();
    Log log = new Log();
    SimPort from = open(network.host("10.0.0.3"), "10.0.0.3", loop, new Log());
    SimPort to = open(network.host("10.0.0.4"), "10.0.0.4", loop, log);
    from.send(new byte[2], 0, 2, to.localAddress());
    loop.runUntil(20 * MS);
    assertThat(log.numbers).hasSize(1);
  }

  @Test
  void aHostBindsOnlyItsOwnAddressesAndEachPortOnce() throws IOException {
    SimNetwork network = SimNetwork.with(7);
    SimHost host = network.host("10.0.0.1", "2001:db8::1");
    SimLoop loop = new SimLoop();
    SimPort port = host.open(loop, new InetSocketAddress("10.0.0.1", 5000), new Log());
    assertThat(port.localAddress().getPort()).isEqualTo(5000);
    assertThatThrownBy(() -> host.open(loop, new InetSocketAddress("10.0.0.1", 5000), new Log()))
        .isInstanceOf(BindException.class);
    assertThatThrownBy(() -> host.open(loop, new InetSocketAddress("10.0.0.2", 0), new Log()))
        .isInstanceOf(BindException.class);
    port.close();
    assertThat(network.openPorts()).isZero();
  }
}
