package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.StunDatagrams.SUCCESS;
import static org.purertc.ice.StunDatagrams.request;
import static org.purertc.ice.StunDatagrams.stun;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network.AcceptedConnection;
import org.purertc.ice.io.Network.StreamTaker;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

/** The connections of one local end: when they are opened, what they carry, when they end. */
class TcpPathTest {

  private static final long MS = 1_000_000;
  private static final long SECOND_NS = 1_000 * MS;
  private static final byte[] CHECK = request("theirs:ours");
  private static final byte[] DATA = {22, 1, 2};

  /** A connection that was taken, as far as a path sees it. */
  private static final class Taken implements AcceptedConnection {
    private final InetSocketAddress from;
    private final List<Integer> sent = new ArrayList<>();
    private boolean open = true;

    Taken(int port) {
      from = new InetSocketAddress("10.0.0.2", port);
    }

    @Override
    public InetSocketAddress localAddress() {
      return new InetSocketAddress("10.0.0.1", 443);
    }

    @Override
    public InetSocketAddress remoteAddress() {
      return from;
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length) {
      sent.add(length);
      return true;
    }

    @Override
    public int roomBytes() {
      return 1 << 20;
    }

    @Override
    public void handTo(Loop loop, StreamTaker taker) {
      throw new UnsupportedOperationException("it has been handed over");
    }

    @Override
    public void close() {
      open = false;
    }
  }

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(1).delayMs(1);
  private final SimHost host = network.host("10.0.0.1");
  private final SimHost other = network.host("10.0.0.2");
  private final RecordedSession session = new RecordedSession();
  private final TcpPath active =
      new TcpPath(
          loop,
          new PathId(1),
          (remote, receiver) -> host.connect(loop, null, remote, receiver),
          session);
  private final TcpPath passive = new TcpPath(loop, new PathId(2), null, session);

  private static InetSocketAddress remote(int port) {
    return new InetSocketAddress("10.0.0.2", port);
  }

  private boolean send(TcpPath path, byte[] packet, InetSocketAddress to) {
    return path.send(packet, 0, packet.length, to);
  }

  private static byte[] framed(byte[]... packets) {
    int total = 0;
    for (byte[] packet : packets) {
      total += PacketFraming.HEADER_BYTES + packet.length;
    }
    byte[] all = new byte[total];
    int at = 0;
    for (byte[] packet : packets) {
      byte[] one = new byte[PacketFraming.HEADER_BYTES + packet.length];
      PacketFraming.frame(packet, 0, packet.length, one);
      System.arraycopy(one, 0, all, at, one.length);
      at += one.length;
    }
    return all;
  }

  private Taken take(int port, byte[]... packets) {
    Taken taken = new Taken(port);
    passive.take(taken, framed(packets), loop.nowNs());
    return taken;
  }

  @Test
  void onlyACheckOpensAConnection() {
    assertThat(send(active, DATA, remote(1))).isTrue();
    assertThat(send(active, stun(SUCCESS, "", 1), remote(1))).isTrue();
    assertThat(network.streamsTried()).isZero();
    assertThat(send(active, CHECK, remote(1))).isFalse();
    send(active, DATA, remote(1));
    assertThat(network.streamsTried()).isEqualTo(1);
  }

  @Test
  void aPassiveEndOpensNoConnection() {
    assertThat(send(passive, CHECK, remote(1))).isTrue();
    loop.runFor(SECOND_NS);
    assertThat(network.streamsTried()).isZero();
    assertThat(session.seen).isEmpty();
  }

  @Test
  void connectionsAreFewAndWhatIsTooManyIsLost() {
    for (int port = 1; port <= TcpPath.MAX_CONNECTIONS + 2; port++) {
      send(active, CHECK, remote(port));
    }
    assertThat(network.streamsTried()).isEqualTo(TcpPath.MAX_CONNECTIONS);
    assertThat(session.seen).isEmpty();
    loop.runFor(0);
    assertThat(session.seen).containsExactly("lost 17", "writable", "lost 18", "writable");
  }

  @Test
  void connectionsThatOthersOpenAreFew() {
    List<Taken> all = new ArrayList<>();
    for (int port = 1; port <= TcpPath.MAX_CONNECTIONS + 2; port++) {
      all.add(take(port, CHECK));
    }
    assertThat(all.stream().filter(each -> each.open)).hasSize(TcpPath.MAX_CONNECTIONS);
    assertThat(session.seen).hasSize(TcpPath.MAX_CONNECTIONS).containsOnly("stun on 2");
  }

  @Test
  void aConnectionFromTheSameAddressReplacesTheOneBefore() {
    Taken before = take(5, CHECK);
    Taken after = take(5, CHECK);
    send(passive, DATA, remote(5));
    assertThat(before.open).isFalse();
    assertThat(before.sent).isEmpty();
    assertThat(after.sent).containsExactly(PacketFraming.HEADER_BYTES + DATA.length);
  }

  @Test
  void packetsAreToldApartAndEmptyOnesAreNone() {
    take(1, CHECK, DATA, new byte[0], CHECK);
    assertThat(session.seen).containsExactly("stun on 2", "data 3", "stun on 2");
  }

  @Test
  void dataFromAnAddressThatIsNotValidatedIsDropped() {
    session.validates = false;
    take(1, CHECK, DATA);
    assertThat(session.seen).containsExactly("stun on 2");
  }

  @Test
  void aConnectionThatNobodyUsesEndsAfterThirtySeconds() {
    Taken idle = take(1, CHECK);
    loop.runFor(29 * SECOND_NS);
    assertThat(idle.open).isTrue();
    loop.runFor(2 * SECOND_NS);
    assertThat(idle.open).isFalse();
    assertThat(session.seen).containsExactly("stun on 2", "lost 1", "writable");
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void aRefusedConnectionIsLostAndTheNextCheckOpensAnother() {
    send(active, CHECK, remote(1));
    loop.runFor(10 * MS);
    assertThat(session.seen).containsExactly("lost 1", "writable");
    send(active, CHECK, remote(1));
    assertThat(network.streamsTried()).isEqualTo(2);
  }

  @Test
  void aConnectionThatTheRemoteSideClosesIsLost() throws IOException {
    var closing = other.listen(loop, remote(1), (connection, nowNs) -> connection.close());
    send(active, CHECK, remote(1));
    loop.runFor(10 * MS);
    assertThat(session.seen).contains("lost 1");
    closing.close();
  }

  @Test
  void aClosedPathTellsNothingMore() {
    Taken taken = take(1, CHECK);
    send(active, CHECK, remote(1));
    passive.close();
    active.close();
    session.seen.clear();
    Taken late = take(2, CHECK);
    send(active, CHECK, remote(2));
    loop.runFor(60 * SECOND_NS);
    assertThat(taken.open || late.open).isFalse();
    assertThat(session.seen).isEmpty();
    assertThat(network.openPorts()).isZero();
    assertThat(loop.timersSet()).isZero();
  }
}
