package org.purertc.ice.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.MulticastLink;
import org.purertc.ice.mdns.DnsMessage.Address;
import org.purertc.ice.mdns.DnsMessage.Question;

/** RFC 6762 sections 5.4, 6, 7.1, 8.3 and 10.1, in virtual time. */
class ResponderTest implements Responder.Outlet {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final MulticastLink WIRE = link("eth0", 2);
  private static final MulticastLink AIR = link("wlan0", 3);
  private static final LocalName NAME = new LocalName("1f4712db-ea17-4bcf-a596-105139dfd8bf.local");
  private static final InetSocketAddress ASKER = new InetSocketAddress("192.0.2.9", 5353);
  private static final InetSocketAddress LEGACY_ASKER = new InetSocketAddress("192.0.2.9", 40_000);

  private final Responder responder = new Responder(this);
  private final List<String> sent = new ArrayList<>();
  private final List<DnsMessage> messages = new ArrayList<>();
  private InetAddress address;
  private long nowNs;

  private static MulticastLink link(String network, int index) {
    return new MulticastLink(network, index, StandardProtocolFamily.INET);
  }

  @BeforeEach
  void addName() throws Exception {
    address = InetAddress.getByName("192.0.2.1");
    responder.add(NAME, address, 0);
  }

  @Override
  public List<MulticastLink> links() {
    return List.of(WIRE, AIR);
  }

  @Override
  public void multicast(MulticastLink link, byte[] message) {
    sent.add(link.network());
    messages.add(DnsMessage.parse(message, 0, message.length));
  }

  @Override
  public void unicast(MulticastLink link, byte[] message, InetSocketAddress to) {
    sent.add(link.network() + " to " + to.getPort());
    messages.add(DnsMessage.parse(message, 0, message.length));
  }

  private void ask(int type, boolean unicast) {
    receive(new DnsMessage(0, false, List.of(new Question(NAME, type, unicast)), List.of()), ASKER);
  }

  private void receive(DnsMessage query, InetSocketAddress from) {
    responder.receive(query, WIRE, from, nowNs);
  }

  private void runUntil(long endNs) {
    while (responder.nextDeadlineNs() <= endNs) {
      nowNs = responder.nextDeadlineNs();
      responder.onDeadline(nowNs);
    }
    nowNs = endNs;
  }

  /** Section 8.3: twice, a second apart, on each link. */
  @Test
  void announcesANameTwice() {
    runUntil(SECOND_NS - 1);
    assertThat(sent).isEmpty();
    runUntil(SECOND_NS);
    assertThat(sent).containsExactlyInAnyOrder("eth0", "wlan0");
    runUntil(2 * SECOND_NS - 1);
    assertThat(sent).hasSize(2);
    runUntil(100 * SECOND_NS);
    assertThat(sent).containsExactlyInAnyOrder("eth0", "wlan0", "eth0", "wlan0");
    assertThat(responder.nextDeadlineNs()).isEqualTo(Loop.NEVER);
    assertThat(messages.get(0).addresses()).containsExactly(new Address(NAME, address, 120));
  }

  @Test
  void answersAtOnceOnTheLinkOfTheQuery() {
    nowNs = SECOND_NS / 10;
    ask(DnsMessage.TYPE_A, false);
    assertThat(sent).containsExactly("eth0");
    assertThat(messages.get(0).isResponse()).isTrue();
    assertThat(messages.get(0).addresses()).containsExactly(new Address(NAME, address, 120));
  }

  /** Section 6.1: whoever asks for what is not there learns so, and what there is. */
  @ParameterizedTest
  @ValueSource(ints = {DnsMessage.TYPE_AAAA, DnsMessage.TYPE_ANY, 33})
  void answersForEachType(int type) {
    ask(type, false);
    assertThat(sent).containsExactly("eth0");
  }

  /** Section 6: once a second on a link at most. */
  @Test
  void answersASecondQueryASecondLater() {
    runUntil(10 * SECOND_NS);
    sent.clear();
    ask(DnsMessage.TYPE_A, false);
    runUntil(10 * SECOND_NS + SECOND_NS / 2);
    ask(DnsMessage.TYPE_A, false);
    ask(DnsMessage.TYPE_AAAA, false);
    runUntil(11 * SECOND_NS - 1);
    assertThat(sent).containsExactly("eth0");
    runUntil(20 * SECOND_NS);
    assertThat(sent).containsExactly("eth0", "eth0");
  }

  /** The announcement answers those who ask just before it. */
  @Test
  void aQueryDelaysTheAnnouncementOnItsLink() {
    nowNs = SECOND_NS * 9 / 10;
    ask(DnsMessage.TYPE_A, false);
    runUntil(SECOND_NS);
    assertThat(sent).containsExactly("eth0", "wlan0");
    runUntil(SECOND_NS * 19 / 10);
    assertThat(sent).containsExactly("eth0", "wlan0", "eth0");
  }

  /** Section 5.4: when all have heard it lately. */
  @Test
  void answersByUnicastWhenThatIsAskedFor() {
    runUntil(3 * SECOND_NS);
    sent.clear();
    ask(DnsMessage.TYPE_A, true);
    ask(DnsMessage.TYPE_A, true);
    assertThat(sent).containsExactly("eth0 to 5353", "eth0 to 5353");
  }

  @Test
  void answersAQueryForUnicastByMulticastWhenNobodyHeardItLately() {
    runUntil(40 * SECOND_NS);
    sent.clear();
    ask(DnsMessage.TYPE_A, true);
    assertThat(sent).containsExactly("eth0");
  }

  /** Section 7.1. */
  @Test
  void isSilentToWhoKnows() {
    var known = List.of(new Address(NAME, address, 60));
    var question = List.of(new Question(NAME, DnsMessage.TYPE_A, false));
    receive(new DnsMessage(0, false, question, known), ASKER);
    assertThat(sent).isEmpty();
  }

  @Test
  void answersWhoKnowsItFromLongAgo() {
    var known = List.of(new Address(NAME, address, 59));
    var question = List.of(new Question(NAME, DnsMessage.TYPE_A, false));
    receive(new DnsMessage(0, false, question, known), ASKER);
    assertThat(sent).containsExactly("eth0");
  }

  /** Section 6.7: with the number and the question of the query, and for 10 s at most. */
  @Test
  void answersAProgramThatKnowsDnsAlone() {
    var question = new Question(NAME, DnsMessage.TYPE_A, false);
    receive(new DnsMessage(4711, false, List.of(question), List.of()), LEGACY_ASKER);
    assertThat(sent).containsExactly("eth0 to 40000");
    assertThat(messages.get(0).id()).isEqualTo(4711);
    assertThat(messages.get(0).questions()).containsExactly(question);
    assertThat(messages.get(0).addresses()).containsExactly(new Address(NAME, address, 10));
  }

  @Test
  void tellsSuchAProgramThatThereIsNoOtherFamily() {
    var question = new Question(NAME, DnsMessage.TYPE_AAAA, false);
    receive(new DnsMessage(4711, false, List.of(question), List.of()), LEGACY_ASKER);
    assertThat(messages.get(0).addresses()).isEmpty();
    assertThat(messages.get(0).questions()).containsExactly(question);
  }

  @Test
  void isSilentForNamesOfOthers() {
    LocalName other = new LocalName("2579ef4b-50ae-4bfe-95af-70b3376ecb9c.local");
    var question = List.of(new Question(other, DnsMessage.TYPE_A, false));
    receive(new DnsMessage(0, false, question, List.of()), ASKER);
    receive(new DnsMessage(0, false, question, List.of()), LEGACY_ASKER);
    assertThat(sent).isEmpty();
  }

  @Test
  void isSilentToResponses() {
    var question = List.of(new Question(NAME, DnsMessage.TYPE_A, false));
    receive(new DnsMessage(0, true, question, List.of()), ASKER);
    assertThat(sent).isEmpty();
  }

  /** Section 10.1. */
  @Test
  void saysGoodbye() {
    responder.remove(NAME);
    assertThat(sent).containsExactly("eth0", "wlan0");
    assertThat(messages.get(0).addresses()).containsExactly(new Address(NAME, address, 0));
    assertThat(responder.nextDeadlineNs()).isEqualTo(Loop.NEVER);
    assertThat(responder.isEmpty()).isTrue();
    ask(DnsMessage.TYPE_A, false);
    assertThat(sent).hasSize(2);
  }
}
