package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.ice.StunDatagrams.ERROR;
import static org.purertc.ice.StunDatagrams.INDICATION;
import static org.purertc.ice.StunDatagrams.REQUEST;
import static org.purertc.ice.StunDatagrams.SUCCESS;
import static org.purertc.ice.StunDatagrams.request;
import static org.purertc.ice.StunDatagrams.stun;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

/** Two sessions on one port; {@code near} and {@code far} are addresses of remote sides. */
class SharedPortTest {

  private static final int PORT = 3478;
  private static final long HOLD_NS = UfragRouter.HOLD_NS;
  private static final InetSocketAddress NEAR = new InetSocketAddress("192.0.2.1", 1);
  private static final InetSocketAddress FAR = new InetSocketAddress("192.0.2.1", 2);

  /** Hands the port's receiver out, so that tests say where a datagram comes from. */
  private final class Host implements Network {
    private final SimHost host = network.host("10.0.0.1");
    private DatagramReceiver receiver;

    @Override
    public List<InetAddress> localAddresses() {
      return host.localAddresses();
    }

    @Override
    public DatagramPort open(Loop opener, InetSocketAddress local, DatagramReceiver opened)
        throws IOException {
      receiver = opened;
      return host.open(opener, local, opened);
    }
  }

  private final SimNetwork network = SimNetwork.with(1);
  private final SimLoop loop = new SimLoop();
  private final Host host = new Host();
  private final List<Integer> unknown = new ArrayList<>();
  private final SharedPorts ports =
      new SharedPorts(
          host,
          new UnknownDatagrams(
              (buffer, offset, length, arrival) -> unknown.add(length), new SourceLimit(5)));
  private final RecordedSession first = new RecordedSession();
  private final RecordedSession second = new RecordedSession();
  private final HostPort firstPort = join(first, "first", 3);
  private final HostPort secondPort = join(second, "second", 4);
  private long nowNs;

  private HostPort join(HostPort.Session session, String ufrag, int path) {
    var local = new InetSocketAddress(host.localAddresses().get(0), PORT);
    try {
      HostPort port = ports.join(loop, local, session, new PathId(path));
      port.register(ufrag);
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void receive(byte[] datagram, InetSocketAddress from) {
    byte[] buffer = new byte[datagram.length + 7];
    System.arraycopy(datagram, 0, buffer, 7, datagram.length);
    host.receiver.onDatagram(buffer, 7, datagram.length, from, nowNs);
  }

  private static void ask(HostPort port, long transaction, InetSocketAddress to) {
    byte[] check = stun(REQUEST, "remote:ours", transaction);
    port.send(check, 0, check.length, to);
  }

  private static byte[] data(int length) {
    byte[] data = new byte[length];
    data[0] = 22;
    return data;
  }

  /** The session's check to this address was answered. */
  private void holds(HostPort port, long transaction, InetSocketAddress remote) {
    ask(port, transaction, remote);
    receive(stun(SUCCESS, "", transaction), remote);
  }

  @Test
  void aRequestGoesToTheSessionWhoseUfragItNames() {
    receive(request("second:remote"), NEAR);
    assertThat(second.seen).containsExactly("stun on 4");
    assertThat(first.seen).isEmpty();
  }

  @Test
  void aSessionMayHaveTwoUfrags() {
    firstPort.register("restarted");
    receive(request("restarted:remote"), NEAR);
    receive(request("first:remote"), NEAR);
    firstPort.unregister("first");
    receive(request("first:remote"), NEAR);
    assertThat(first.seen).containsExactly("stun on 3", "stun on 3");
    assertThat(unknown).hasSize(1);
  }

  @Test
  void noUfragHasTwoSessions() {
    assertThatThrownBy(() -> secondPort.register("first"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("first");
  }

  @Test
  void aResponseGoesToTheSessionThatAskedAndOnce() {
    ask(firstPort, 11, NEAR);
    ask(secondPort, 12, NEAR);
    receive(stun(SUCCESS, "", 12), FAR);
    receive(stun(ERROR, "", 11), NEAR);
    receive(stun(ERROR, "", 11), NEAR);
    assertThat(second.seen).containsExactly("stun on 4");
    assertThat(first.seen).containsExactly("stun on 3");
    assertThat(unknown).hasSize(1);
  }

  @Test
  void dataGoesToTheSessionThatValidatedItsAddress() {
    receive(request("second:remote"), NEAR);
    receive(request("first:remote"), FAR);
    receive(data(3), NEAR);
    receive(data(4), FAR);
    assertThat(second.seen).containsExactly("stun on 4", "data 3");
    assertThat(first.seen).containsExactly("stun on 3", "data 4");
  }

  @Test
  void anUnauthenticatedRequestGivesNoAddress() {
    first.takesStun = false;
    receive(request("first:remote"), NEAR);
    receive(data(3), NEAR);
    assertThat(first.seen).containsExactly("stun on 3");
    assertThat(unknown).containsExactly(3);
  }

  @Test
  void aServersResponseGivesNoAddress() {
    first.validates = false;
    holds(firstPort, 1, NEAR);
    holds(secondPort, 2, NEAR);
    assertThat(first.seen).containsExactly("stun on 3");
    assertThat(second.seen).containsExactly("stun on 4");
  }

  @Test
  void anIndicationGoesWhereTheAddressBelongs() {
    receive(stun(INDICATION, "", 0), NEAR);
    receive(request("second:remote"), NEAR);
    receive(stun(INDICATION, "", 0), NEAR);
    assertThat(second.seen).containsExactly("stun on 4", "stun on 4");
    assertThat(unknown).hasSize(1);
  }

  @Test
  void aKnownAddressWithANewUfragIsRoutedAnew() {
    receive(request("first:remote"), NEAR);
    receive(request("second:remote"), NEAR);
    receive(data(3), NEAR);
    assertThat(second.seen).containsExactly("stun on 4", "data 3");
  }

  @Test
  void theSecondSessionOfATalkingAddressIsRefused() {
    holds(firstPort, 1, NEAR);
    receive(request("second:remote"), NEAR);
    holds(secondPort, 2, NEAR);
    receive(data(3), NEAR);
    assertThat(second.seen).containsExactly("in use 1", "in use 1");
    assertThat(first.seen).containsExactly("stun on 3", "data 3");
  }

  @Test
  void aSilentAddressIsFreeForTheNext() {
    holds(firstPort, 1, NEAR);
    nowNs = HOLD_NS;
    receive(request("second:remote"), NEAR);
    receive(data(3), NEAR);
    assertThat(second.seen).containsExactly("stun on 4", "data 3");
  }

  @Test
  void anAnswerHoldsTheAddressFurther() {
    holds(firstPort, 1, NEAR);
    nowNs = HOLD_NS - 1;
    holds(firstPort, 2, NEAR);
    nowNs = HOLD_NS;
    receive(request("second:remote"), NEAR);
    assertThat(second.seen).containsExactly("in use 1");
  }

  @Test
  void requestsAloneHoldNoAddressBecauseTheirSourceMayBeForged() {
    receive(request("first:forged"), NEAR);
    holds(secondPort, 1, NEAR);
    receive(request("first:forged"), NEAR);
    receive(data(3), NEAR);
    assertThat(second.seen).containsExactly("stun on 4", "data 3");
    assertThat(first.seen).containsExactly("stun on 3", "in use 1");
  }

  @Test
  void whatASessionHadIsFreeWhenItIsClosed() {
    holds(firstPort, 1, NEAR);
    ask(firstPort, 2, NEAR);
    firstPort.close();
    receive(data(3), NEAR);
    receive(stun(SUCCESS, "", 2), NEAR);
    receive(request("first:remote"), NEAR);
    assertThat(first.seen).containsExactly("stun on 3");
    assertThat(unknown).hasSize(3);
    receive(request("second:remote"), NEAR);
    assertThat(second.seen).containsExactly("stun on 4");
  }

  @Test
  void thePortIsClosedWithItsLastSession() {
    firstPort.close();
    loop.runFor(1);
    assertThat(network.openPorts()).isEqualTo(1);
    secondPort.close();
    secondPort.close();
    loop.runFor(1);
    assertThat(network.openPorts()).isZero();
    join(first, "again", 0);
    assertThat(network.openPorts()).isEqualTo(1);
  }

  @Test
  void aSessionThatComesBeforeThePortIsClosedKeepsIt() {
    firstPort.close();
    secondPort.close();
    join(first, "again", 0);
    loop.runFor(1);
    assertThat(network.openPorts()).isEqualTo(1);
  }

  @Test
  void emptyAndTruncatedDatagramsAreUnknown() {
    receive(new byte[0], NEAR);
    receive(new byte[19], NEAR);
    assertThat(unknown).containsExactly(0, 19);
  }

  @Test
  void aSourceThatFloodsWithUnknownUfragsIsShownToTheProgramNoMoreThanItsShare() {
    for (int i = 0; i < 1_000; i++) {
      receive(request("guess" + i + ":x"), new InetSocketAddress("192.0.2.9", 1 + i));
    }
    assertThat(unknown).hasSize(SourceLimit.BURST);
    receive(request("guess:x"), NEAR);
    assertThat(unknown).hasSize(SourceLimit.BURST + 1);
    receive(request("first:x"), new InetSocketAddress("192.0.2.9", 1));
    assertThat(first.seen).containsExactly("stun on 3");
  }

  @Test
  void floodsLeaveNothingBehind() {
    RoutedSession session = (RoutedSession) firstPort;
    UfragRouter router = session.end().port().router();
    for (int i = 0; i < 10_000; i++) {
      receive(request("guess" + i + ":x"), new InetSocketAddress("192.0.2.9", 1 + i));
      receive(stun(SUCCESS, "", i), new InetSocketAddress("192.0.2.9", 1 + i));
      receive(data(3), new InetSocketAddress("192.0.2.9", 1 + i));
    }
    assertThat(router.entries()).isEqualTo(2);
    for (int i = 0; i < 10_000; i++) {
      receive(request("first:x"), new InetSocketAddress("192.0.2.9", 1 + i));
      ask(firstPort, 1 + i, NEAR);
    }
    assertThat(router.entries())
        .isEqualTo(2 + RoutedSession.MAX_ADDRESSES + RoutedSession.MAX_TRANSACTIONS);
    firstPort.close();
    secondPort.close();
    assertThat(router.entries()).isZero();
  }

  @Test
  void aLateAnswerStillFindsTheSessionThatAskedManyMeanwhile() {
    for (int i = 1; i <= RoutedSession.MAX_TRANSACTIONS; i++) {
      ask(firstPort, i, NEAR);
    }
    receive(stun(SUCCESS, "", 1), NEAR);
    assertThat(first.seen).containsExactly("stun on 3");
  }

  @Test
  void neverThrowsOnGarbage() {
    long seed = 20261121;
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] datagram = stun(REQUEST, "second:remote", random.nextLong());
      for (int flips = random.nextInt(6); flips > 0; flips--) {
        datagram[1 + random.nextInt(datagram.length - 1)] = (byte) random.nextInt();
      }
      int length = random.nextInt(datagram.length + 1);
      host.receiver.onDatagram(datagram, 0, length, NEAR, 0);
    }
    assertThat(second.seen).as("seed %s", seed).isNotEmpty();
  }
}
