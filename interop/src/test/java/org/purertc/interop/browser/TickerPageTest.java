package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.interop.cli.Program;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;
import org.purertc.samples.web.Pages;

/** The ticker page in Chromium, fed by {@code purertc feed}. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class TickerPageTest {
  private static final String TOKEN = "let me in";

  private SignalingServer server;
  private Playwright playwright;
  private com.microsoft.playwright.Browser chromium;

  @BeforeAll
  void start() throws IOException {
    server = start(0);
    playwright = Chromium.playwright();
    chromium = Chromium.launch(playwright);
  }

  private static SignalingServer start(int port) throws IOException {
    return SignalingServer.start(port, SignalingOptions.DEFAULT.withToken(TOKEN), Pages::configure);
  }

  @AfterAll
  void stop() {
    chromium.close();
    playwright.close();
    server.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private CallMember page(String room) {
    return new CallMember(
        chromium, url() + "/ticker#" + room + "&token=" + TOKEN.replace(" ", "%20"), "Ada");
  }

  private Program feed(String room) {
    return Program.purertc("feed", room, "--server", url(), "--token", TOKEN);
  }

  @ParameterizedTest
  @CsvSource({"websocket, WebSocket", "longpolling, Long polling"})
  void pricesComeAndNoneIsMissed(String transport, String words) {
    comesWithoutGaps(transport, words);
  }

  @ParameterizedTest
  @Tag("long")
  @CsvSource({
    "socketio, Socket.IO",
    "eventstream, Server-Sent Events",
    "shortpolling, Short polling"
  })
  void pricesComeByTheOtherTransports(String transport, String words) {
    comesWithoutGaps(transport, words);
  }

  private void comesWithoutGaps(String transport, String words) {
    try (Program feed = feed(transport);
        CallMember ada = page(transport)) {
      ada.at("transport").selectOption(new SelectOption().setValue(transport));
      ada.at("connect").click();
      ada.await(TickerPage.PRICES_MOVE);
      ada.await(TickerPage.LATENCY_IS_TOLD);
      assertThat(ada.at("state"))
          .containsText("Prices are coming. By " + words, CallMember.patiently());
      assertThat(ada.at("missed")).hasText("0");
      ada.await(TickerPage.IS_BATCHED);
      assertThat(feed.isRunning()).isTrue();
      assertThat(ada.errors()).isEmpty();
      ada.at("connect").click();
      assertThat(ada.at("state")).hasText("Not connected.");
    }
  }

  @Test
  void aServerThatIsStartedAnewIsReconnected() throws IOException {
    try (CallMember ada = page("anew")) {
      ada.at("connect").click();
      assertThat(ada.at("state")).containsText("nobody feeds it yet", CallMember.patiently());
      try (Program feed = feed("anew")) {
        ada.await(TickerPage.PRICES_MOVE);
        ada.await(TickerPage.IS_NOTIFIED);
        ada.fits("ticker");
        assertThat(ada.errors()).isEmpty();
        int port = server.port();
        server.close();
        assertThat(ada.at("state")).containsText("Reconnecting", CallMember.patiently());
        server = start(port);
        assertThat(ada.at("state")).containsText("Prices are coming", CallMember.patiently());
        assertThat(ada.at("reconnected")).hasText("1");
        ada.await(TickerPage.PRICES_MOVE);
        assertThat(feed.isRunning()).isTrue();
        assertThat(ada.errors())
            .as("what Chromium says of itself")
            .allMatch(it -> it.contains("WebSocket"));
        feed.interrupt();
        assertThat(ada.at("state")).containsText("nobody feeds it yet", CallMember.patiently());
      }
    }
  }

  @Test
  void aWrongTokenIsTold() throws IOException {
    try (CallMember ada = new CallMember(chromium, url() + "/ticker#tea", "Ada")) {
      ada.at("connect").click();
      assertThat(ada.at("error-line")).containsText("asks for a token", CallMember.patiently());
      assertThat(ada.at("connect")).hasText("Connect");
      ada.fits("ticker-refused");
      assertThat(ada.errors()).isEmpty();
    }
  }
}
