package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.server.SignalingServer;

/** The page's end of a room, {@code /signaling.js}, in Chromium, beside a member in Java. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class RoomPageTest {
  private static final int MESSAGES = 150;
  private static final int ROUNDS = 20;

  /** Lets the test lose a page's connections. */
  private static final String CUTTING =
      """
      const open = [];
      for (const name of ['WebSocket', 'EventSource']) {
        const Original = window[name];
        window[name] = class extends Original {
          constructor(...args) { super(...args); open.push(this); }
        };
      }
      let cutting = new AbortController();
      const { fetch } = window;
      window.fetch = (url, options = {}) => fetch(url, {
        ...options,
        signal: AbortSignal.any([cutting.signal, ...(options.signal ? [options.signal] : [])]),
      });
      window.cut = () => {
        cutting.abort();
        cutting = new AbortController();
        open.forEach((it) => {
          it.close();
          if (it instanceof EventSource) it.dispatchEvent(new Event('error'));
        });
      };
      """;

  private static final String JOIN =
      """
      async (transport) => {
        const { SignalingChannel } = await import('/signaling.js');
        window.heard = [];
        window.channel = new SignalingChannel({ room: 'tea', name: 'Page', transport });
        for (const type of ['broadcast', 'chat', 'interrupted', 'closed', 'left', 'welcome']) {
          channel.addEventListener(type, ({ detail }) => heard.push({ type, detail }));
        }
        return (await channel.joined).member;
      }
      """;

  private static final String HEARD_NUMBERS =
      "() => heard.filter((it) => it.type === 'broadcast').map((it) => it.detail.data)";

  private final BlockingQueue<ServerMessage> inbox = new LinkedBlockingQueue<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private SignalingServer server;
  private Playwright playwright;
  private com.microsoft.playwright.Browser chromium;

  @BeforeAll
  void start() throws IOException {
    server = SignalingServer.start(0);
    playwright = Chromium.playwright();
    chromium = Chromium.launch(playwright);
  }

  @AfterAll
  void stop() {
    chromium.close();
    playwright.close();
    server.close();
  }

  private Page page() {
    Page page = chromium.newPage();
    page.addInitScript(CUTTING);
    page.onPageError(errors::add);
    page.navigate("http://127.0.0.1:" + server.port() + "/health");
    return page;
  }

  private SignalingChannel java() throws Exception {
    inbox.clear();
    return SignalingChannel.join(
        RoomServer.of(URI.create("http://127.0.0.1:" + server.port())),
        JoinRequest.of("tea", "Java"),
        inbox::add);
  }

  private <T extends ServerMessage> T next(Class<T> type) throws InterruptedException {
    while (true) {
      ServerMessage message = inbox.poll(30, TimeUnit.SECONDS);
      assertThat(message).as("waiting for %s", type.getSimpleName()).isNotNull();
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "eventstream"})
  void everythingArrivesOnceAndInOrderAlthoughConnectionsAreLost(String transport)
      throws Exception {
    exchangesAndLosesConnections(transport);
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(strings = {"socketio", "longpolling", "shortpolling", "http"})
  void everythingArrivesByOtherTransports(String transport) throws Exception {
    exchangesAndLosesConnections(transport);
  }

  private void exchangesAndLosesConnections(String transport) throws Exception {
    try (SignalingChannel channel = java();
        Page page = page()) {
      Object member = page.evaluate(JOIN, transport);
      assertThat(next(ServerMessage.Joined.class).member().id()).isEqualTo(member);
      List<Integer> numbers = IntStream.range(0, MESSAGES).boxed().toList();
      for (int number : numbers) {
        channel.send(new ClientMessage.Broadcast(IntNode.valueOf(number)));
        page.evaluate("(data) => channel.send({ type: 'broadcast', data })", number);
        if (number % 50 == 25) {
          page.evaluate("() => cut()");
        }
      }
      for (int number : numbers) {
        assertThat(next(ServerMessage.Broadcast.class).data().intValue()).isEqualTo(number);
      }
      page.waitForFunction(
          "(count) => heard.filter((it) => it.type === 'broadcast').length >= count", MESSAGES);
      assertThat(page.evaluate(HEARD_NUMBERS)).isEqualTo(numbers);
      assertThat(page.evaluate("() => heard.some((it) => it.type === 'interrupted')"))
          .isEqualTo(true);
      page.evaluate("() => channel.leave()");
      assertThat(next(ServerMessage.Left.class).member()).isEqualTo(member);
      page.waitForFunction("() => heard.some((it) => it.type === 'closed')");
      assertThat(errors).isEmpty();
    }
  }

  @Test
  void aPageWithoutWebSocketsUsesServerSentEvents() throws Exception {
    try (SignalingChannel channel = java();
        Page page = page()) {
      page.evaluate(
          "() => { window.WebSocket = class { constructor() {"
              + " setTimeout(() => this.onclose({ reason: '' })); } close() {} }; }");
      page.evaluate(JOIN);
      assertThat(page.evaluate("() => channel.transport")).isEqualTo("eventstream");
      channel.send(new ClientMessage.Chat("<img src=x onerror=alert(1)>"));
      page.waitForFunction("() => heard.some((it) => it.type === 'chat')");
      assertThat(errors).isEmpty();
    }
  }

  /** A question under way would be answered with 404, which the console shows. */
  @ParameterizedTest
  @ValueSource(strings = {"websocket", "eventstream", "longpolling", "shortpolling", "http"})
  void noErrorShowsWhenAPageLeaves(String transport) throws Exception {
    try (Page page = page()) {
      page.onConsoleMessage(message -> errors.add(message.text()));
      for (int i = 0; i < ROUNDS; i++) {
        page.evaluate(JOIN, transport);
        page.evaluate("() => { channel.send({ type: 'chat', text: 'bye' }); channel.leave(); }");
        page.waitForFunction("() => heard.some((it) => it.type === 'closed')");
      }
      page.evaluate("() => fetch('/health').then((answer) => answer.text())");
      assertThat(page.evaluate("() => heard.find((it) => it.type === 'closed').detail"))
          .isEqualTo("left");
      assertThat(errors).isEmpty();
    }
  }

  @Test
  void aPageThatIsLeftLeavesTheRoom() throws Exception {
    try (SignalingChannel channel = java();
        Page page = page()) {
      page.evaluate(JOIN, "websocket");
      next(ServerMessage.Joined.class);
      page.navigate("about:blank");
      assertThat(next(ServerMessage.Left.class).member()).isNotEqualTo(channel.welcome().member());
    }
  }
}
