package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The states of W3C WebRTC sections 4.3.3 and 4.3.4 in a call that a browser joins and leaves; the
 * same for each browser.
 */
abstract class BrowserLeavesTest extends BrowserCall {
  private final BlockingQueue<String> iceStates = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> states = new LinkedBlockingQueue<>();

  private void call() {
    iceStates.clear();
    states.clear();
    browser.meet(java, true);
    java.onIceConnectionStateChange(state -> iceStates.add(state.toString()));
    java.onConnectionStateChange(state -> states.add(state.toString()));
    var channel = java.createDataChannel("data");
    browser.javaOffers(true);
    BrowserPeer.get(channel.opened());
  }

  private static List<String> until(String last, BlockingQueue<String> states) throws Exception {
    List<String> seen = new ArrayList<>();
    while (!seen.contains(last)) {
      String state = states.poll(60, TimeUnit.SECONDS);
      assertThat(state).as("after %s", seen).isNotNull();
      seen.add(state);
    }
    return seen;
  }

  @Test
  void bothSidesGoThroughTheSameStates() throws Exception {
    call();
    for (String state : until("connected", iceStates)) {
      JsonNode event = browser.await("iceconnectionstatechange");
      assertThat(event.get("state").asText()).isEqualTo(state);
    }
    for (String state : until("connected", states)) {
      assertThat(browser.await("connectionstatechange").get("state").asText()).isEqualTo(state);
    }
  }

  /** It says goodbye with close_notify; W3C would wait for consent to expire. */
  @Test
  void aPageThatClosesItsConnectionFailsOursAtOnce() throws Exception {
    call();
    until("connected", states);
    browser.run("pc.close()");
    assertThat(until("failed", states)).containsExactly("failed");
  }
}
