package org.purertc.ice.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.purertc.ice.io.Loop;
import org.purertc.ice.mdns.DnsMessage.Address;
import org.purertc.ice.mdns.DnsMessage.Question;

/** RFC 6762 sections 5 and 10, in virtual time. */
class QuerierTest implements Querier.Owner {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final LocalName NAME = new LocalName("1f4712db-ea17-4bcf-a596-105139dfd8bf.local");

  private final Querier querier = new Querier(this);
  private final List<Question> sent = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @Override
  public void sendQuery(byte[] message) {
    sent.addAll(DnsMessage.parse(message, 0, message.length).questions());
  }

  @Override
  public void onFound(LocalName name, InetAddress address) {
    told.add((name.equals(NAME) ? "" : name + " ") + address.getHostAddress());
  }

  @Override
  public void onNotFound(LocalName name, String why) {
    told.add((name.equals(NAME) ? "" : name + " ") + why);
  }

  private static DnsMessage response(Address... addresses) {
    return new DnsMessage(0, true, List.of(), List.of(addresses));
  }

  private static Address address(String literal, long ttlSeconds) throws Exception {
    return new Address(NAME, InetAddress.getByName(literal), ttlSeconds);
  }

  private void runUntil(long endNs) {
    while (querier.nextDeadlineNs() <= endNs) {
      querier.onDeadline(querier.nextDeadlineNs());
    }
  }

  @Test
  void asksForBothFamilies() {
    querier.ask(NAME, 0);
    assertThat(sent)
        .containsExactly(
            new Question(NAME, DnsMessage.TYPE_A, false),
            new Question(NAME, DnsMessage.TYPE_AAAA, false));
  }

  /** Section 5.2: a second after the first, then at least twice as long. */
  @Test
  void asksAgainAfterOneSecondThenTwo() {
    querier.ask(NAME, 0);
    runUntil(SECOND_NS - 1);
    assertThat(sent).hasSize(2);
    runUntil(SECOND_NS);
    assertThat(sent).hasSize(4);
    runUntil(3 * SECOND_NS - 1);
    assertThat(sent).hasSize(4);
    runUntil(3 * SECOND_NS);
    assertThat(sent).hasSize(6);
  }

  @Test
  void givesUpAfterFiveSeconds() {
    querier.ask(NAME, 0);
    runUntil(5 * SECOND_NS - 1);
    assertThat(told).isEmpty();
    runUntil(5 * SECOND_NS);
    assertThat(told).containsExactly("nobody answered for it");
    assertThat(querier.isBusy()).isFalse();
    assertThat(querier.nextDeadlineNs()).isEqualTo(Loop.NEVER);
  }

  @Test
  void tellsTheAddress() throws Exception {
    querier.ask(NAME, 0);
    querier.receive(response(address("192.0.2.1", 120)), 1);
    assertThat(told).containsExactly("192.0.2.1");
    assertThat(querier.isBusy()).isFalse();
  }

  @Test
  void tellsAnIpv6Address() throws Exception {
    querier.ask(NAME, 0);
    querier.receive(response(address("2001:db8::1", 120)), 1);
    assertThat(told).containsExactly("2001:db8:0:0:0:0:0:1");
  }

  @Test
  void believesNoQuery() throws Exception {
    querier.ask(NAME, 0);
    querier.receive(new DnsMessage(0, false, List.of(), List.of(address("192.0.2.1", 120))), 1);
    assertThat(told).isEmpty();
  }

  @Test
  void asksOnceWhileItWaits() {
    querier.ask(NAME, 0);
    querier.ask(NAME, 1);
    assertThat(sent).hasSize(2);
  }

  /** The draft's section 3.2.2. */
  @Test
  void ignoresANameWithSeveralAddresses() throws Exception {
    querier.ask(NAME, 0);
    querier.receive(response(address("192.0.2.1", 120), address("192.0.2.2", 120)), 1);
    assertThat(told).containsExactly("it has several addresses");
  }

  @Test
  void takesTheSameAddressTwice() throws Exception {
    querier.ask(NAME, 0);
    querier.receive(response(address("192.0.2.1", 120), address("192.0.2.1", 120)), 1);
    assertThat(told).containsExactly("192.0.2.1");
  }

  @Test
  void remembersAsLongAsItMay() throws Exception {
    querier.ask(NAME, 0);
    querier.receive(response(address("192.0.2.1", 10)), 0);
    querier.ask(NAME, 10 * SECOND_NS - 1);
    assertThat(told).containsExactly("192.0.2.1", "192.0.2.1");
    assertThat(sent).hasSize(2);
    querier.ask(NAME, 10 * SECOND_NS);
    assertThat(sent).hasSize(4);
  }

  /** Whatever an answer says: addresses of hosts change. */
  @Test
  void remembersForTwoMinutesAtMost() throws Exception {
    querier.ask(NAME, 0);
    querier.receive(response(address("192.0.2.1", 0xffff_ffffL)), 0);
    querier.ask(NAME, 120 * SECOND_NS);
    assertThat(sent).hasSize(4);
  }

  /** Section 10.1. */
  @Test
  void forgetsAfterAGoodbye() throws Exception {
    querier.ask(NAME, 0);
    querier.receive(response(address("192.0.2.1", 120)), 0);
    querier.receive(response(address("192.0.2.1", 0)), 1);
    querier.ask(NAME, 2);
    assertThat(told).hasSize(1);
    assertThat(sent).hasSize(4);
  }

  @Test
  void aGoodbyeIsNoAnswer() throws Exception {
    querier.ask(NAME, 0);
    querier.receive(response(address("192.0.2.1", 0)), 1);
    assertThat(told).isEmpty();
    assertThat(querier.isBusy()).isTrue();
  }

  @Test
  void learnsTheNewAddressOfAKnownName() throws Exception {
    querier.ask(NAME, 0);
    querier.receive(response(address("192.0.2.1", 120)), 0);
    querier.receive(response(address("192.0.2.2", 120)), 1);
    querier.ask(NAME, 2);
    assertThat(told).containsExactly("192.0.2.1", "192.0.2.2");
  }

  @Test
  void remembersNoNameThatNobodyAskedFor() throws Exception {
    querier.receive(response(address("192.0.2.1", 120)), 0);
    querier.ask(NAME, 1);
    assertThat(told).isEmpty();
    assertThat(sent).hasSize(2);
  }

  @Test
  void asksForABoundedNumberOfNames() {
    var random = new SplittableRandom(1);
    Stream.generate(() -> LocalName.random(random))
        .limit(Querier.MAX_ASKED)
        .forEach(name -> querier.ask(name, 0));
    assertThat(told).isEmpty();
    querier.ask(NAME, 0);
    assertThat(told).containsExactly("too many names are being looked up");
    assertThat(sent).hasSize(2 * Querier.MAX_ASKED);
  }

  @Test
  void remembersABoundedNumberOfNames() throws Exception {
    var random = new SplittableRandom(1);
    InetAddress address = InetAddress.getByName("192.0.2.1");
    querier.ask(NAME, 0);
    querier.receive(response(new Address(NAME, address, 120)), 0);
    for (int i = 0; i < Querier.MAX_KNOWN; i++) {
      LocalName name = LocalName.random(random);
      querier.ask(name, 0);
      querier.receive(response(new Address(name, address, 120)), 0);
    }
    int before = sent.size();
    querier.ask(NAME, 1);
    assertThat(sent).hasSize(before + 2);
  }
}
