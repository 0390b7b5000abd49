package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.RTCConfiguration;
import org.purertc.RTCIceCandidatePair;
import org.purertc.RTCIceTransportPolicy;
import org.purertc.interop.turn.Coturn;

/**
 * Calls with a browser through Debian's coturn; the same for each browser. It does not hide its
 * addresses behind names: a server lets in whom its client can name.
 */
abstract class BrowserRelayTest extends BrowserCall {
  private Coturn server;

  /** How a client reaches its server; in W3C's words. */
  enum Transport {
    UDP("turn", "?transport=udp", "udp"),
    TCP("turn", "?transport=tcp", "tcp"),
    TLS("turns", "?transport=tcp", "tls");

    private final String scheme;
    private final String query;
    private final String relayProtocol;

    Transport(String scheme, String query, String relayProtocol) {
      this.scheme = scheme;
      this.query = query;
      this.relayProtocol = relayProtocol;
    }
  }

  /** The transports by which this browser reaches the server: TLS where it trusts it. */
  abstract List<Transport> transports();

  @BeforeAll
  void startServer(@TempDir Path directory) throws Exception {
    server = Coturn.longTermAt(address(), directory);
  }

  /** Never loopback: a browser's own address reaches it, and comes from there. */
  private String address() throws SocketException {
    return browser.browser().host() == null
        ? NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
            .map(InetAddress::getHostAddress)
            .findFirst()
            .orElseThrow()
        : browser.browser().serverHost();
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private void meet(boolean javaRelays, boolean pageRelays, Transport transport) throws Exception {
    String url = server.url(transport.scheme, transport.query);
    if (javaRelays) {
      newPeer(
          RTCConfiguration.builder()
              .iceServer(url, Coturn.USER, Coturn.PASSWORD)
              .turnTls(server.trust())
              .iceTransportPolicy(RTCIceTransportPolicy.RELAY)
              .build());
    }
    String relayOnly =
        "{iceTransportPolicy: 'relay', iceServers: [{urls: '%s', username: '%s', credential: '%s'}]}"
            .formatted(url, Coturn.USER, Coturn.PASSWORD);
    browser.meet(java, true, pageRelays ? relayOnly : "{}");
  }

  private void talk(boolean javaOffers) {
    openChannel(javaOffers);
    textComesBack("there and back");
  }

  /** Both sides see the same pair, and say how they reach their relays. */
  private void assertSelected(boolean javaRelays, boolean pageRelays, Transport transport) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    RTCIceCandidatePair ofJava = java.sctp().transport().iceTransport().getSelectedCandidatePair();
    JsonNode ofPage = browser.run("return selectedPair()");
    while (!isSame(ofJava, ofPage) && System.nanoTime() < endNs) { // it may still change
      ofJava = java.sctp().transport().iceTransport().getSelectedCandidatePair();
      ofPage = browser.run("return selectedPair()");
    }
    String pairs = ofJava + " and " + ofPage;
    assertThat(isSame(ofJava, ofPage)).as(pairs).isTrue();
    assertThat("relay".equals(ofJava.local().type())).as(pairs).isEqualTo(javaRelays);
    assertThat(type(ofPage.get("local")).equals("relay")).as(pairs).isEqualTo(pageRelays);
    // Whose first check is faster than its candidate is peer-reflexive on the other side.
    if (javaRelays) {
      assertThat(type(ofPage.get("remote"))).as(pairs).isIn("relay", "prflx");
      assertThat(ofJava.local().relayProtocol()).as(pairs).isEqualTo(transport.relayProtocol);
      assertThat(ofJava.local().url()).isEqualTo(server.url(transport.scheme, transport.query));
    }
    if (pageRelays) {
      assertThat(ofJava.remote().type()).as(pairs).isIn("relay", "prflx");
      assertThat(ofPage.get("local").get("relayProtocol").asText())
          .as(pairs)
          .isEqualTo(transport.relayProtocol);
    }
  }

  private static boolean isSame(RTCIceCandidatePair ofJava, JsonNode ofPage) {
    return ofJava.local().port() == port(ofPage.get("remote"))
        && ofJava.remote().port() == port(ofPage.get("local"));
  }

  private static String type(JsonNode candidate) {
    return candidate.get("candidateType").asText();
  }

  private static int port(JsonNode candidate) {
    return candidate.get("port").asInt();
  }

  private void call(boolean javaOffers, boolean javaRelays, boolean pageRelays, Transport transport)
      throws Exception {
    meet(javaRelays, pageRelays, transport);
    talk(javaOffers);
    assertSelected(javaRelays, pageRelays, transport);
  }

  @ParameterizedTest
  @CsvSource({"true, true, false", "false, false, true", "true, true, true"})
  void dataIsRelayed(boolean javaOffers, boolean javaRelays, boolean pageRelays) throws Exception {
    call(javaOffers, javaRelays, pageRelays, Transport.UDP);
  }

  @Test
  void bothReachTheServerOverAStream() throws Exception {
    List<Transport> all = transports();
    call(false, true, true, all.get(all.size() - 1));
  }

  @Test
  void videoIsRelayed() throws Exception {
    meet(true, true, Transport.UDP);
    browser.run("await addMedia('video', {})");
    talk(false);
    pictureComesBack(0);
    assertSelected(true, true, Transport.UDP);
  }

  Stream<Arguments> everyWay() {
    return transports().stream()
        .flatMap(
            transport ->
                Stream.of(false, true)
                    .flatMap(
                        offers ->
                            Stream.of(
                                Arguments.of(offers, true, false, transport),
                                Arguments.of(offers, false, true, transport),
                                Arguments.of(offers, true, true, transport))));
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("everyWay")
  void dataIsRelayedInEveryWay(
      boolean javaOffers, boolean javaRelays, boolean pageRelays, Transport transport)
      throws Exception {
    call(javaOffers, javaRelays, pageRelays, transport);
  }
}
