package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.mdns.LocalName;
import org.purertc.ice.mdns.MulticastDns;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

/** Names of the other side in virtual time. */
class RemoteCandidatesTest implements RemoteCandidates.Owner {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final IceCredentials THEIRS = new IceCredentials("them", "password");
  private static final LocalName NOBODYS =
      new LocalName("1f4712db-ea17-4bcf-a596-105139dfd8bf.local");

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(1).delayMs(1);
  private final MulticastDns ours =
      new MulticastDns(network.host("192.0.2.1"), new SplittableRandom(1));
  private final MulticastDns theirs =
      new MulticastDns(network.host("192.0.2.2"), new SplittableRandom(2));
  private final List<String> told = new ArrayList<>();
  private LocalName name;

  @BeforeEach
  void announce() throws Exception {
    name = theirs.announce(InetAddress.getByName("192.0.2.2"), loop);
  }

  @Override
  public void onRemoteCandidate(IceCandidate candidate) {
    told.add(candidate.address().toString());
  }

  @Override
  public void onRemoteRefused(String why) {
    told.add(why);
  }

  @Override
  public void onRemoteEnd() {
    told.add("end");
  }

  private RemoteCandidates remotes() {
    return remotes(any -> true);
  }

  private RemoteCandidates remotes(Predicate<InetAddress> filter) {
    RemoteCandidates remotes = new RemoteCandidates(new RemotePolicy(filter, ours), loop, this);
    remotes.begin(THEIRS);
    return remotes;
  }

  private static IceCandidate candidate(InetSocketAddress address) {
    return new IceCandidate("1", 1, 2_113_937_151L, address, CandidateType.HOST, null);
  }

  private static IceCandidate named(LocalName name) {
    return candidate(name.unresolved(5_000));
  }

  private void run(double seconds) {
    loop.runUntil(loop.nowNs() + (long) (seconds * SECOND_NS));
  }

  @Test
  void passesAddressesOnAtOnce() {
    remotes().add(candidate(new InetSocketAddress("192.0.2.7", 5_000)));
    assertThat(told).containsExactly("/192.0.2.7:5000");
  }

  @Test
  void findsTheAddressOfAName() {
    remotes().add(named(name));
    assertThat(told).isEmpty();
    run(0.1);
    assertThat(told).containsExactly(name + "/192.0.2.2:5000");
  }

  /** RFC 8838 section 13: what comes after the end is discarded. */
  @Test
  void endsAfterTheLastName() {
    RemoteCandidates remotes = remotes();
    remotes.add(named(NOBODYS));
    remotes.add(named(name));
    remotes.end();
    run(4.9);
    assertThat(told).containsExactly(name + "/192.0.2.2:5000");
    run(0.2);
    assertThat(told)
        .containsExactly(
            name + "/192.0.2.2:5000",
            "no address of " + NOBODYS + ": nobody answered for it",
            "end");
  }

  @Test
  void endsAtOnceWithoutNames() {
    remotes().end();
    assertThat(told).containsExactly("end");
  }

  /** Whoever chooses the name may choose the address. */
  @Test
  void filtersTheAddressThatANameHas() {
    remotes(address -> !address.getHostAddress().equals("192.0.2.2")).add(named(name));
    run(0.1);
    assertThat(told).containsExactly("the remote address filter refuses " + name + ":5000");
  }

  @Test
  void forgetsTheNamesOfBeforeARestart() {
    RemoteCandidates remotes = remotes();
    remotes.add(named(name));
    remotes.end();
    remotes.begin(new IceCredentials("other", "password"));
    run(6);
    assertThat(told).isEmpty();
    remotes.end();
    assertThat(told).containsExactly("end");
  }

  @Test
  void keepsThemWithTheSameCredentials() {
    RemoteCandidates remotes = remotes();
    remotes.add(named(name));
    remotes.begin(THEIRS);
    run(0.1);
    assertThat(told).hasSize(1);
  }

  @Test
  void tellsNothingAfterItsEnd() {
    RemoteCandidates remotes = remotes();
    remotes.add(named(name));
    remotes.close();
    run(6);
    assertThat(told).isEmpty();
  }

  @Test
  void looksUpABoundedNumberOfNames() {
    RemoteCandidates remotes = remotes();
    for (int i = 0; i < RemoteCandidates.MAX_NAMES; i++) {
      remotes.add(candidate(name.unresolved(5_000 + i)));
    }
    assertThat(told).isEmpty();
    remotes.add(named(NOBODYS));
    assertThat(told).containsExactly("more than 32 names of multicast DNS");
  }

  @Test
  void looksUpOnceWhatEachDescriptionTellsAgain() {
    RemoteCandidates remotes = remotes();
    for (int i = 0; i <= RemoteCandidates.MAX_NAMES; i++) {
      remotes.add(named(name));
    }
    run(0.1);
    assertThat(told).containsExactly(name + "/192.0.2.2:5000");
  }

  @Test
  void refusesNamesWhereNoneAreLookedUp() {
    var remotes = new RemoteCandidates(new RemotePolicy(any -> true, null), loop, this);
    remotes.add(named(name));
    remotes.end();
    assertThat(told).containsExactly("the name " + name + " is not looked up", "end");
  }
}
