package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCRtpTransceiverDirection;
import org.purertc.RTCTrackEvent;

/** A call of each test between a browser and a Java peer that sends back what it gets. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserCall {
  static final double HERTZ = 660;

  BrowserPeer browser;
  RTCPeerConnection java;
  private PeerConnectionFactory factory;

  abstract Browser start();

  /** Where the Java peers come from. */
  PeerConnectionFactory.Builder factory() {
    return PeerConnectionFactory.builder();
  }

  @BeforeAll
  void open() {
    factory = factory().build();
    browser = new BrowserPeer(start());
  }

  @AfterAll
  void close() {
    factory.close();
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void newPeer() {
    newPeer(RTCConfiguration.DEFAULT);
  }

  /** Takes another Java peer than the one that each test begins with. */
  void newPeer(RTCConfiguration configuration) {
    if (java != null) {
      java.close();
    }
    java = factory.createPeerConnection(configuration);
    java.onTrack(BrowserCall::echo);
  }

  @AfterEach
  void closePeer() {
    java.close();
    assertThat(browser.consoleErrors()).isEmpty();
    assertThat(browser.refusedCandidates()).isEmpty();
  }

  private static void echo(RTCTrackEvent event) {
    if (event.transceiver().sender().track() == null) {
      event.transceiver().direction(RTCRtpTransceiverDirection.SENDRECV);
      var unused = event.transceiver().sender().replaceTrack(event.track());
    }
  }

  /** Opens the channel "data" from the side that offers; Java sends its texts back. */
  void openChannel(boolean javaOffers) {
    if (javaOffers) {
      echo(java.createDataChannel("data"));
      browser.javaOffers(true);
    } else {
      java.onDataChannel(BrowserCall::echo);
      browser.run("create('data', {})");
      browser.browserOffers(true);
    }
    browser.await("open");
  }

  static void echo(RTCDataChannel channel) {
    channel.onMessage(message -> channel.send(message.text()));
  }

  /** Of a text that the page sends over the channel "data". */
  void textComesBack(String text) {
    browser.run("channels.data.send(" + BrowserPeer.quoted(text) + ")");
    assertThat(browser.await("message").get("text").asText()).isEqualTo(text);
  }

  /** Fresh frames of the page's pattern, of a transceiver named by its place in the page. */
  JsonNode pictureComesBack(int index) {
    JsonNode seen =
        browser.run("watchVideo(%d); return measureVideo(%d, 700)".formatted(index, index));
    assertThat(seen.get("fresh").asInt()).as("%s", seen).isGreaterThan(5);
    return seen;
  }

  void toneComesBack(int index, double hertz) {
    JsonNode heard = browser.run("return awaitTone(%d, %s)".formatted(index, hertz));
    assertThat(heard.get("hertz").asDouble()).as("%s", heard).isCloseTo(hertz, within(hertz / 50));
  }
}
