package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;

/**
 * The browser opens a TCP connection to Java's port, since neither side tells the other a UDP
 * candidate; the same for each browser.
 */
abstract class BrowserTcpTest extends BrowserCall {

  private static final int MESSAGES = 80;
  private static final int MESSAGE_BYTES = 50_000;

  private static final String ECHO =
      """
      const bytes = new Uint8Array(%d);
      const channel = channels.echo;
      return await new Promise(resolve => {
        let back = 0;
        channel.quiet = data => {
          back += data.byteLength;
          if (back === %d) resolve(back);
        };
        for (let i = 0; i < %d; i++) channel.send(bytes);
      });
      """
          .formatted(MESSAGE_BYTES, MESSAGES * MESSAGE_BYTES, MESSAGES);

  @Override
  PeerConnectionFactory.Builder factory() {
    try (ServerSocket free = new ServerSocket(0)) {
      return PeerConnectionFactory.builder().tcpPort(free.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void someMegabytesComeBackOverTcp(boolean javaOffers) {
    java.onDataChannel(channel -> channel.onMessage(message -> channel.send(message.bytes())));
    browser.meet(java, false);
    if (javaOffers) {
      java.createDataChannel("carries the offer's section");
      javaOffersWithoutUdp("create('echo', {})");
    } else {
      browser.run("create('echo', {})");
      browserOffersWithoutUdp();
    }
    browser.await("open", event -> event.get("label").asText().equals("echo"));
    assertThat(browser.run(ECHO).asInt()).isEqualTo(MESSAGES * MESSAGE_BYTES);
    assertSelectedIsTcp();
  }

  /** Packets of a key frame come in one go: more than the connection takes at once. */
  @Test
  void pictureAndSoundComeBackOverTcp() {
    browser.meet(java, false);
    browser.run("await addMedia('video', {}); await addMedia('audio', {hertz: " + HERTZ + "})");
    browserOffersWithoutUdp();
    browser.awaitState("connected");
    pictureComesBack(0);
    toneComesBack(1, HERTZ);
    assertSelectedIsTcp();
  }

  private void assertSelectedIsTcp() {
    assertThat(
            browser.run(
                "const { local, remote } = await nominatedPair();"
                    + " return [local.protocol, remote.protocol]"))
        .extracting(JsonNode::asText)
        .isEqualTo(List.of("tcp", "tcp"));
  }

  private void javaOffersWithoutUdp(String beforeAnswer) {
    JsonNode answer =
        BrowserPeer.get(
            browser.describePage(local(), beforeAnswer + "; return localDescription(false)"));
    BrowserPeer.get(java.setRemoteDescription(withoutUdp(answer)).thenRun(() -> {}));
  }

  private void browserOffersWithoutUdp() {
    JsonNode offer = browser.run("return localDescription(false)");
    BrowserPeer.get(java.setRemoteDescription(withoutUdp(offer)).thenRun(() -> {}));
    BrowserPeer.get(browser.describePage(local(), ""));
  }

  private RTCSessionDescription local() {
    RTCSessionDescription bare = BrowserPeer.get(java.setLocalDescription());
    String sdp = withoutUdp(BrowserPeer.get(java.gatheringComplete()).sdp());
    assertThat(sdp).contains("tcptype passive");
    return new RTCSessionDescription(bare.type(), sdp);
  }

  private static RTCSessionDescription withoutUdp(JsonNode description) {
    String sdp = withoutUdp(description.get("sdp").asText());
    boolean offer = description.get("type").asText().equals("offer");
    return new RTCSessionDescription(offer ? RTCSdpType.OFFER : RTCSdpType.ANSWER, sdp);
  }

  private static String withoutUdp(String sdp) {
    return sdp.lines()
        .filter(
            line ->
                !line.startsWith("a=candidate:")
                    || !line.toLowerCase(Locale.ROOT).contains(" udp "))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }
}
