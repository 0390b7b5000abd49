package org.purertc.ice.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

/** Allocations in virtual time, against a double of a server. */
class TurnAllocationTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(1).delayMs(20);
  private final TurnServerDouble server =
      new TurnServerDouble(network.host("203.0.113.1", "2001:db8::1"), loop);
  private final SimHost host = network.host("10.0.0.1");
  private final SimHost otherHost = network.host("10.0.0.2");

  private TurnClientEnd client() {
    return new TurnClientEnd(host, loop, server.address(), TurnServerDouble.PASSWORD);
  }

  private TurnClientEnd other() {
    return new TurnClientEnd(otherHost, loop, server.address(), TurnServerDouble.PASSWORD);
  }

  private void run(long seconds) {
    loop.runFor(seconds * SECOND_NS);
  }

  private int count(int method) {
    return Collections.frequency(server.requests, method);
  }

  @Test
  void answersTheChallengeOfTheServer() {
    TurnClientEnd client = client().start();
    run(1);
    assertThat(client.events).containsExactly("allocated");
    assertThat(client.relayed().getAddress().getHostAddress()).isEqualTo("203.0.113.1");
    assertThat(server.requests).containsExactly(0x003, 0x003);
  }

  @Test
  void signsWithSha256WhenTheServerOffersIt() {
    server.offersSha256 = true;
    TurnClientEnd client = client().start();
    run(1);
    assertThat(client.events).containsExactly("allocated");
  }

  @Test
  void refusesAChallengeWhoseAlgorithmsWereTakenOut() {
    server.offersSha256 = true;
    server.hidesAlgorithms = true;
    TurnClientEnd client = client().start();
    run(60);
    assertThat(client.events).containsExactly("ended 401");
    assertThat(server.requests).containsExactly(0x003);
  }

  @Test
  void wrongPasswordEndsAfterOneTry() {
    TurnClientEnd client = new TurnClientEnd(host, loop, server.address(), "wrong").start();
    run(60);
    assertThat(client.events).containsExactly("ended 401");
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void aServerThatNeverAcceptsItsOwnNonceEndsTheAllocation() {
    server.changesNonceAlways = true;
    TurnClientEnd client = client().start();
    run(60);
    assertThat(client.events).containsExactly("ended 438");
    assertThat(server.requests.size()).isLessThan(10);
  }

  @Test
  void aResponseThatIsNotAuthenticIsAsIfItNeverCame() {
    server.signsWrongly = true;
    TurnClientEnd client = client().start();
    run(60);
    assertThat(client.events).containsExactly("ended 701");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 437, 441, 442, 486, 508})
  void namesTheErrorOfTheServer(int code) {
    server.allocateError = code;
    TurnClientEnd client = client().start();
    run(1);
    assertThat(client.events).containsExactly("ended " + code);
    assertThat(ServerError.of(code, "").text()).contains(": ");
  }

  @Test
  void followsToTheAlternateServer() {
    server.alternate = new InetSocketAddress("203.0.113.9", 3479);
    TurnClientEnd client = client().start();
    run(1);
    assertThat(client.events).containsExactly("redirected to /203.0.113.9:3479");
  }

  @Test
  void asksForIpv6AndTakesIpv4WhereThereIsNone() {
    TurnClientEnd client = client().start(true);
    TurnServerDouble plain = new TurnServerDouble(network.host("203.0.113.2"), loop);
    TurnClientEnd second =
        new TurnClientEnd(otherHost, loop, plain.address(), TurnServerDouble.PASSWORD);
    second.start(true);
    run(1);
    assertThat(client.relayed().getAddress().getAddress()).hasSize(16);
    assertThat(second.relayed().getAddress().getAddress()).hasSize(4);
  }

  @Test
  void aSilentServerEndsItAfterSevenRequests() {
    server.kill();
    TurnClientEnd client = client().start();
    loop.runFor(39 * SECOND_NS);
    assertThat(client.events).isEmpty();
    run(1);
    // RFC 8489 section 6.2.1: 39.5 seconds.
    assertThat(client.events).containsExactly("ended 701");
    assertThat(network.sent()).isEqualTo(7);
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void dataGoesInIndicationsUntilTheChannelIsBound() {
    TurnClientEnd client = client().start();
    TurnClientEnd peer = other().start();
    run(1);
    client.send(peer.relayed(), "one");
    peer.send(client.relayed(), "hello");
    run(1);
    client.send(peer.relayed(), "two");
    run(1);
    client.send(peer.relayed(), "three");
    run(1);
    assertThat(peer.texts).containsExactly("one", "two", "three");
    assertThat(server.forms.toString()).isEqualTo("SSSC");
  }

  @Test
  void heldDatagramsAreBounded() {
    TurnClientEnd client = client().start();
    run(1);
    InetSocketAddress peer = new InetSocketAddress("10.0.0.2", 5000);
    for (int i = 0; i < 100; i++) {
      client.send(peer, "data " + i);
    }
    run(1);
    assertThat(server.forms.toString()).isEqualTo("SSSS");
    assertThat(count(0x008)).isEqualTo(1);
  }

  @Test
  void permissionsAreBounded() {
    TurnClientEnd client = client().start();
    run(1);
    for (int i = 0; i < 250; i++) {
      client.send(new InetSocketAddress("10.0.1." + i, 5000), "x");
    }
    run(1);
    assertThat(count(0x008)).isEqualTo(TurnPeers.MAX_PERMISSIONS);
  }

  @Test
  void aForbiddenPeerIsNotAskedForWithEachDatagram() {
    server.permissionError = 403;
    TurnClientEnd client = client().start();
    run(1);
    InetSocketAddress peer = new InetSocketAddress("10.0.0.2", 5000);
    for (int i = 0; i < 30; i++) {
      client.send(peer, "x");
      run(1);
    }
    assertThat(count(0x008)).isEqualTo(1);
    assertThat(client.events).containsExactly("allocated");
  }

  @Test
  void everythingIsRenewedWhileItIsUsed() {
    TurnClientEnd client = client().start();
    TurnClientEnd peer = other().start();
    run(1);
    for (int i = 0; i < 60; i++) {
      client.send(peer.relayed(), "m" + i);
      peer.send(client.relayed(), "m" + i);
      run(60);
    }
    assertThat(client.texts).hasSizeGreaterThanOrEqualTo(59);
    assertThat(client.texts).endsWith("m59");
    assertThat(client.events).containsExactly("allocated");
    assertThat(server.allocations()).isEqualTo(2);
  }

  @Test
  void whatIsNoLongerUsedIsNotRenewed() {
    TurnClientEnd client = client().start();
    run(1);
    client.send(new InetSocketAddress("10.0.0.2", 5000), "x");
    run(3600);
    // One renewal at 240 s, because the peer was written to within the last five minutes.
    assertThat(count(0x008)).isEqualTo(2);
    assertThat(server.allocations()).isEqualTo(1);
  }

  @Test
  void refreshesBeforeAShortLifetimeEnds() {
    server.lifetimeSeconds = 60;
    TurnClientEnd client = client().start();
    run(600);
    assertThat(client.events).containsExactly("allocated");
    assertThat(server.allocations()).isEqualTo(1);
  }

  @Test
  void aNonceThatBecomesStaleIsRenewed() {
    TurnClientEnd client = client().start();
    run(1);
    for (int i = 0; i < 20; i++) {
      server.changeNonce();
      run(600);
    }
    assertThat(client.events).containsExactly("allocated");
    assertThat(server.allocations()).isEqualTo(1);
  }

  @Test
  void anAllocationThatTheServerForgotEnds() {
    TurnClientEnd client = client().start();
    run(1);
    server.kill();
    server.restart();
    run(600);
    assertThat(client.events).containsExactly("allocated", "ended 437");
    assertThat(loop.timersSet()).isZero();
  }

  private static final String STUN = "\u0001";

  private TurnClientEnd permitted(InetSocketAddress peer) {
    TurnClientEnd client = client().start();
    run(1);
    client.send(peer, STUN);
    run(1);
    return client;
  }

  @Test
  void aServerThatForgotIsNoticedTwoSecondsAfterSomethingWasSent() {
    InetSocketAddress peer = new InetSocketAddress("10.0.0.2", 5000);
    TurnClientEnd client = permitted(peer);
    server.kill();
    server.restart();
    client.send(peer, STUN); // data would ask for a channel, and so hear of it at once
    loop.runFor(ServerSilence.DOUBT_NS);
    assertThat(client.events).containsExactly("allocated");
    loop.runFor(SECOND_NS / 10); // 438, and the same with the new nonce
    assertThat(client.events).containsExactly("allocated", "ended 437");
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void aServerThatDiesIsNoticedAfterTwoUnansweredRefreshes() {
    InetSocketAddress peer = new InetSocketAddress("10.0.0.2", 5000);
    TurnClientEnd client = permitted(peer);
    server.kill();
    client.send(peer, "y");
    loop.runFor(SECOND_NS);
    assertThat(client.allocation.isDoubtful(loop.nowNs())).isFalse();
    loop.runFor(SECOND_NS);
    assertThat(client.allocation.isDoubtful(loop.nowNs())).isTrue();
    for (int i = 0; i < 77; i++) {
      client.send(peer, "y");
      run(1);
    }
    assertThat(client.events).containsExactly("allocated");
    run(3);
    assertThat(client.events).containsExactly("allocated", "ended 701");
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void aPeerThatIsSilentCostsTheServerARefreshEachTenSeconds() {
    InetSocketAddress peer = new InetSocketAddress("10.0.0.2", 5000);
    TurnClientEnd client = permitted(peer);
    for (int i = 0; i < 100; i++) {
      client.send(peer, "y");
      run(1);
    }
    assertThat(count(0x004)).isBetween(8, 11);
    assertThat(client.events).containsExactly("allocated");
  }

  @Test
  void aPeerThatAnswersSparesTheServerThat() {
    TurnClientEnd client = client().start();
    TurnClientEnd peer = other().start();
    run(1);
    for (int i = 0; i < 100; i++) {
      client.send(peer.relayed(), "ping");
      peer.send(client.relayed(), "pong");
      run(1);
    }
    assertThat(count(0x004)).isZero();
  }

  @Test
  void aPermissionWithoutAllocationEndsIt() {
    TurnClientEnd client = permitted(new InetSocketAddress("10.0.0.2", 5000));
    server.permissionError = 437;
    client.send(new InetSocketAddress("10.0.0.3", 5000), "x");
    run(1);
    assertThat(client.events).containsExactly("allocated", "ended 437");
  }

  @Test
  void closingGivesTheAllocationBack() {
    TurnClientEnd client = client().start();
    run(1);
    server.changeNonce();
    client.close();
    run(1);
    assertThat(server.allocations()).isZero();
    assertThat(client.allocation.isEnded()).isTrue();
    assertThat(client.events).containsExactly("allocated");
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void closingTakesASecondAtMost() {
    TurnClientEnd client = client().start();
    run(1);
    server.kill();
    client.close();
    loop.runFor(SECOND_NS - 1);
    assertThat(client.allocation.isEnded()).isFalse();
    loop.runFor(1);
    assertThat(client.allocation.isEnded()).isTrue();
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void closingWhileItIsAskedForGivesItBack() {
    TurnClientEnd client = client().start();
    loop.runFor(50_000_000); // the challenge came, the answer to it is on its way
    client.close();
    run(2);
    assertThat(server.allocations()).isZero();
    assertThat(client.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void survivesABadNetwork(long seed) {
    SimLoop own = new SimLoop();
    SimNetwork bad =
        SimNetwork.with(seed).delayMs(40).jitterMs(30).lossPercent(25).duplicatePercent(5);
    TurnServerDouble far = new TurnServerDouble(bad.host("203.0.113.1"), own);
    var one =
        new TurnClientEnd(bad.host("10.0.0.1"), own, far.address(), TurnServerDouble.PASSWORD);
    var two =
        new TurnClientEnd(bad.host("10.0.0.2"), own, far.address(), TurnServerDouble.PASSWORD);
    one.start();
    two.start();
    own.runFor(60 * SECOND_NS);
    for (int i = 0; i < 200; i++) {
      far.changeNonce();
      one.send(two.relayed(), "ping");
      two.send(one.relayed(), "pong");
      own.runFor(10 * SECOND_NS);
    }
    assertThat(one.events).as("seed %d", seed).containsExactly("allocated");
    assertThat(one.texts.size()).as("seed %d", seed).isGreaterThan(60);
    assertThat(two.texts.size()).as("seed %d", seed).isGreaterThan(60);
  }
}
