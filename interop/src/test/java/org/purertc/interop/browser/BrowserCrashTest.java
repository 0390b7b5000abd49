package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.purertc.IceTiming;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelState;
import org.purertc.RTCPeerConnection;

/**
 * A page that crashes says no goodbye: consent (RFC 7675) is all that ends our side. The same for
 * each browser.
 */
@Tag("interop")
abstract class BrowserCrashTest {
  private final BlockingQueue<String> states = new LinkedBlockingQueue<>();
  private CrashingBrowser browser;
  private BrowserPeer page;

  abstract CrashingBrowser start();

  @BeforeEach
  void open() {
    browser = start();
    page = new BrowserPeer(browser);
  }

  @AfterEach
  void close() {
    page.close();
  }

  private static IceTiming impatient() {
    Duration half = Duration.ofMillis(500);
    IceTiming usual = IceTiming.DEFAULT;
    return new IceTiming(
        usual.checkInterval(),
        usual.patience(),
        half,
        half,
        half,
        Duration.ofSeconds(2),
        Duration.ofSeconds(6));
  }

  @Test
  void silenceDisconnectsAndThenFails() throws Exception {
    crashInACall(impatient());
  }

  @Test
  @Tag("long")
  void soItIsWithTheDefaultTimes() throws Exception {
    crashInACall(IceTiming.DEFAULT);
  }

  private void crashInACall(IceTiming timing) throws Exception {
    try (var factory = PeerConnectionFactory.builder().iceTiming(timing).build();
        RTCPeerConnection java = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      java.onConnectionStateChange(state -> states.add(state.toString()));
      page.meet(java, true);
      RTCDataChannel channel = java.createDataChannel("data");
      page.javaOffers(true);
      BrowserPeer.get(channel.opened());
      assertThat(until("connected")).endsWith("connected");
      browser.crash();
      // A page that had too much to do before may have been silent, too.
      assertThat(until("failed")).endsWith("disconnected", "failed");
      assertThat(java.failureReason()).contains("consent expired");
      assertThat(channel.readyState()).isEqualTo(RTCDataChannelState.OPEN);
    }
  }

  private List<String> until(String last) throws Exception {
    List<String> seen = new ArrayList<>();
    while (!seen.contains(last)) {
      String state = states.poll(60, TimeUnit.SECONDS);
      assertThat(state).as("after %s", seen).isNotNull();
      seen.add(state);
    }
    return seen;
  }
}
