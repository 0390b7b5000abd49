package org.purertc.samples.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {

  @ParameterizedTest
  @CsvSource({
    "stun:example.org, example.org, 3478, udp",
    "stun:[2001:db8::1]:3479, 2001:db8::1, 3479, udp",
    "turn:192.0.2.1:99, 192.0.2.1, 99, udp",
    "turn:example.org?transport=tcp, example.org, 3478, tcp",
    "turns:example.org, example.org, 5349, tls",
    "turns:example.org:443?transport=tcp, example.org, 443, tls"
  })
  void aUrlNamesAServer(String url, String host, int port, String protocol) {
    ServerName name = ServerName.parse(url);
    assertThat(name.host()).isEqualTo(host);
    assertThat(name.port()).isEqualTo(port);
    assertThat(name.protocol()).isEqualTo(protocol);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "http://example.org",
        "stun:",
        "stun:a:0",
        "turn:a:65536",
        "stun:a?transport=tcp",
        "turns:a?transport=udp"
      })
  void anythingElseIsNone(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> ServerName.parse(url));
  }

  @Test
  void whatTheUrlLeavesOpenIsTriedOverTcpToo() {
    assertThat(ServerName.parse("turn:a").otherWays())
        .singleElement()
        .matches(
            each -> each.url().equals("turn:a?transport=tcp") && each.protocol().equals("tcp"));
    assertThat(ServerName.parse("turn:a?transport=udp").otherWays()).isEmpty();
    assertThat(ServerName.parse("turns:a").otherWays()).isEmpty();
  }
}
