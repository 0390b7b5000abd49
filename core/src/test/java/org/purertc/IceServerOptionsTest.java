package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.IceServers;
import org.purertc.ice.turn.ServerUrl;

/** Which servers are accepted, W3C WebRTC section 4.4.1.6 with RFC 7064 and RFC 7065. */
class IceServerOptionsTest {

  private static IceServers servers(RTCIceServer server) {
    return new IceServerOptions(Runnable::run)
        .of(RTCConfiguration.builder().iceServer(server).build());
  }

  private static ServerUrl url(String text) {
    RTCIceServer server = new RTCIceServer(List.of(text), "user", "secret");
    return servers(server).servers().get(0).url();
  }

  private static String refusal(RTCIceServer server) {
    try {
      servers(server);
      return "none";
    } catch (RTCException e) {
      return e.name();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stun:example.org,false,UDP,example.org,3478",
    "STUN:example.org:99,false,UDP,example.org,99",
    "stun:[2001:db8::1]:5000,false,UDP,2001:db8::1,5000",
    "stuns:example.org,false,TLS,example.org,5349",
    "turn:192.0.2.1,true,UDP,192.0.2.1,3478",
    "turn:example.org?transport=udp,true,UDP,example.org,3478",
    "turn:example.org:80?transport=tcp,true,TCP,example.org,80",
    "turns:example.org,true,TLS,example.org,5349",
    "turns:example.org:443?transport=TCP,true,TLS,example.org,443"
  })
  void readsTheUrl(
      String text, boolean relays, ServerUrl.Transport transport, String host, int port) {
    assertThat(url(text)).isEqualTo(new ServerUrl(text, relays, transport, host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "http://example.org",
        "stun:",
        "stun://example.org",
        "stun:example.org:0",
        "stun:example.org:65536",
        "stun:example.org:port",
        "stun:exa mple.org",
        "stun:2001:db8::1",
        "stun:user@example.org",
        "stun:example.org?transport=udp",
        "turn:example.org?transport=sctp",
        "turn:example.org?transport=",
        "turn:example.org?other=udp",
        "turns:example.org?transport=udp"
      })
  void aUrlThatCannotBeReadIsASyntaxError(String text) {
    assertThat(refusal(new RTCIceServer(List.of(text), "user", "secret"))).isEqualTo("SyntaxError");
  }

  @Test
  void aServerWithoutUrlsIsASyntaxError() {
    assertThat(refusal(new RTCIceServer(List.of(), null, null))).isEqualTo("SyntaxError");
  }

  @Test
  void turnWithoutCredentialsIsAnInvalidAccessError() {
    List<String> urls = List.of("turn:example.org");
    assertThat(refusal(new RTCIceServer(urls, null, "secret"))).isEqualTo("InvalidAccessError");
    assertThat(refusal(new RTCIceServer(urls, "user", null))).isEqualTo("InvalidAccessError");
    assertThat(refusal(new RTCIceServer(urls, "u".repeat(509), "secret")))
        .isEqualTo("InvalidAccessError");
    assertThat(refusal(new RTCIceServer(urls, "user", "secret"))).isEqualTo("none");
  }

  @Test
  void aWrongServerIsRefusedWhenTheConnectionIsCreated() {
    RTCConfiguration wrong = RTCConfiguration.builder().iceServer("stun:").build();
    try (PeerConnectionFactory factory = PeerConnectionFactory.builder().build()) {
      assertThatExceptionOfType(RTCException.class)
          .isThrownBy(() -> factory.createPeerConnection(wrong))
          .withMessageContaining("stun:");
    }
  }

  @Test
  void theCredentialIsNeverPrinted() {
    assertThat(new RTCIceServer(List.of("turn:a"), "user", "hidden").toString())
        .doesNotContain("hidden");
    RTCIceServer server = new RTCIceServer(List.of("turn:a"), "user", "hidden");
    assertThat(servers(server).toString()).doesNotContain("hidden");
  }
}
