package org.purertc.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.purertc.ice.CandidatePair;
import org.purertc.ice.HostPolicy;
import org.purertc.ice.IceConfig;
import org.purertc.ice.IceRole;
import org.purertc.ice.IceTransports;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.io.EventLoop;
import org.purertc.ice.io.Network;
import org.purertc.ice.io.NioNetwork;

/**
 * What ICE costs: a connection over loopback, and a datagram from one peer of a port to another.
 */
public class IceBenchmark extends InnerLoop {
  private static final int PORT = 3478;
  private static final int DATAGRAM_BYTES = 1_200;
  private static final int PEERS = 1_000;
  private static final int LIMIT_S = 30;

  /** More than a set-up needs. */
  private static final int TURNS = 10;

  private final byte[] datagram = new byte[DATAGRAM_BYTES];
  private final EventLoop left = new EventLoop("left");
  private final EventLoop right = new EventLoop("right");
  private final IceTransports overLoopback =
      new IceTransports(
          new NioNetwork(), IceConfig.DEFAULT, Addresses.ONLY_LOOPBACK, new SecureRandom());
  private final DirectNetwork network = new DirectNetwork();
  private final InetSocketAddress[] clients = new InetSocketAddress[PEERS];
  private Network.DatagramReceiver port = Nobody.HERE;
  private final PumpedLoop reading = new PumpedLoop();
  private final PumpedLoop other = new PumpedLoop();
  private int next;

  @Setup
  public void connectAll() {
    left.acquire();
    right.acquire();
    datagram[0] = (byte) 0x80;
    HostPolicy policy = HostPolicy.builder(Addresses.ALL).sharedPort(PORT, null).build();
    SecureRandom random = new SecureRandom();
    var servers = new IceTransports(network, IceConfig.DEFAULT, policy, random);
    var callers = new IceTransports(network, IceConfig.DEFAULT, Addresses.ALL, random);
    IceEnd[] ends = new IceEnd[PEERS];
    for (int i = 0; i < PEERS; i++) {
      IceEnd client = new IceEnd(reading, callers);
      ends[i] = new IceEnd(i % 2 == 0 ? reading : other, servers);
      client.begin(IceRole.CONTROLLING, ends[i]);
      ends[i].begin(IceRole.CONTROLLED, client);
      for (int turn = 0; turn < TURNS; turn++) {
        reading.run();
        other.run();
      }
      CandidatePair pair = ends[i].transport.selectedPair();
      if (pair == null) {
        throw new IllegalStateException("not connected: " + ends[i].transport.state());
      }
      clients[i] = pair.remote().address();
      ends[i].forwardsTo = ends[Math.max(i - 2, i % 2)].transport;
    }
    port = network.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
    network.cut = true;
  }

  @TearDown
  public void end() {
    left.release();
    right.release();
    left.close();
    right.close();
  }

  /** In from one of a thousand peers and out to another, without the system calls. */
  @Benchmark
  public long forward() {
    next = (next + 2) % PEERS;
    port.onDatagram(datagram, 0, DATAGRAM_BYTES, clients[next], 1);
    return network.sentBytes;
  }

  /** The same for peers of another loop than the one that reads; both turn in this thread. */
  @Benchmark
  public long forwardOnOtherLoop() {
    next = (next + 2) % PEERS;
    port.onDatagram(datagram, 0, DATAGRAM_BYTES, clients[next + 1], 1);
    other.run();
    return network.sentBytes;
  }

  /** From both descriptions to a valid pair on both sides, two loops, sockets included. */
  @Benchmark
  public void connect() {
    IceEnd offerer = new IceEnd(left, overLoopback);
    IceEnd answerer = new IceEnd(right, overLoopback);
    left.execute(() -> offerer.begin(IceRole.CONTROLLING, answerer));
    right.execute(() -> answerer.begin(IceRole.CONTROLLED, offerer));
    offerer.connected.orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
    answerer.connected.orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
    left.execute(offerer.transport::close);
    right.execute(answerer.transport::close);
  }

  /** Takes no notice. */
  private enum Nobody implements Network.DatagramReceiver {
    HERE;

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {}

    @Override
    public void onWritable(long nowNs) {}
  }
}
