package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelInit;
import org.purertc.RTCDataChannelState;
import org.purertc.RTCIceConnectionState;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.RTCSignalingState;

/** Data channels between Java and a browser; the same for each browser. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserDataChannelTest {
  private static final int BULK_BYTES = 100 << 20;

  /** What a peer may see of another that is gone. */
  private static final List<RTCPeerConnectionState> LOST =
      List.of(
          RTCPeerConnectionState.DISCONNECTED,
          RTCPeerConnectionState.FAILED,
          RTCPeerConnectionState.CLOSED);

  private BrowserPeer browser;
  private PeerConnectionFactory factory;
  private RTCPeerConnection java;

  abstract Browser start();

  @BeforeAll
  void open() {
    factory = PeerConnectionFactory.builder().build();
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
    java = factory.createPeerConnection(RTCConfiguration.DEFAULT);
  }

  @AfterEach
  void closePeer() {
    java.close();
    assertThat(browser.consoleErrors()).isEmpty();
    assertThat(browser.refusedCandidates()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void connectsAndExchangesText(boolean javaOffers, boolean trickle) {
    Channel channel = openFromJava("chat", RTCDataChannelInit.DEFAULT, javaOffers, trickle);
    channel.java.send("grüß dich, Browser");
    assertThat(browser.await("message").get("text").asText()).isEqualTo("grüß dich, Browser");
    browser.run("channels.chat.send('grüß dich, Java ☕')");
    assertThat(channel.next().text()).isEqualTo("grüß dich, Java ☕");
    assertThat(java.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_200, 65_536, 262_144})
  void exchangesBinary(int size) {
    Channel channel = openFromJava("binary", RTCDataChannelInit.DEFAULT, true, true);
    byte[] data = Bytes.of(size, 7);
    channel.java.send(data);
    JsonNode received = browser.await("message");
    assertThat(received.get("bytes").asInt()).isEqualTo(size);
    assertThat(received.get("sum").asLong()).isEqualTo(Bytes.sum(data));
    browser.run("channels.binary.send(bytes(" + size + ", 9))");
    RTCMessage message = channel.next();
    assertThat(message.isText()).isFalse();
    assertThat(message.bytes()).isEqualTo(Bytes.of(size, 9));
  }

  @Test
  void exchangesEmptyText() {
    Channel channel = openFromJava("text", RTCDataChannelInit.DEFAULT, true, true);
    channel.java.send("");
    assertThat(browser.await("message").get("text").asText()).isEmpty();
    browser.run("channels.text.send('')");
    RTCMessage message = channel.next();
    assertThat(message.isText()).isTrue();
    assertThat(message.text()).isEmpty();
  }

  /** On a path without loss each kind delivers all; the unordered ones in any order. */
  @ParameterizedTest
  @MethodSource("kinds")
  void exchangesAHundredMessagesOfEachKind(RTCDataChannelInit init) {
    Channel channel = openFromJava("kind", init, true, true);
    List<String> sent = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
    sent.forEach(channel.java::send);
    browser.run("for (let i = 0; i < 100; i++) channels.kind.send(String(i))");
    List<String> inBrowser = new ArrayList<>();
    List<String> inJava = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      inBrowser.add(browser.await("message").get("text").asText());
      inJava.add(channel.next().text());
    }
    if (init.ordered()) {
      assertThat(inBrowser).isEqualTo(sent);
      assertThat(inJava).isEqualTo(sent);
    } else {
      assertThat(inBrowser).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(inJava).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  /** The second peer comes while the first one is still there; both are Java's one port. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connectsToPeersThatShareAPort(boolean javaOffers) throws IOException {
    int port = freePort();
    try (PeerConnectionFactory onePort =
            PeerConnectionFactory.builder().loops(2).udpPort(port).build();
        RTCPeerConnection first = onePort.createPeerConnection(RTCConfiguration.DEFAULT)) {
      java.close();
      java = first;
      openFromJava("first", RTCDataChannelInit.DEFAULT, javaOffers, true).java.send("one");
      assertThat(browser.await("message").get("text").asText()).isEqualTo("one");
      java = onePort.createPeerConnection(RTCConfiguration.DEFAULT);
      openFromJava("second", RTCDataChannelInit.DEFAULT, javaOffers, true).java.send("two");
      assertThat(browser.await("message").get("text").asText()).isEqualTo("two");
      assertThat(java.localDescription().sdp()).contains(" " + port + " typ host");
    }
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }

  private static Stream<RTCDataChannelInit> kinds() {
    return Stream.of(
        RTCDataChannelInit.DEFAULT,
        RTCDataChannelInit.DEFAULT.withOrdered(false),
        RTCDataChannelInit.DEFAULT.withMaxRetransmits(10),
        RTCDataChannelInit.DEFAULT.withOrdered(false).withMaxPacketLifeTime(5_000));
  }

  @Test
  void announcesAnUnorderedChannelWithLimitedRetransmissions() {
    RTCDataChannelInit init =
        RTCDataChannelInit.DEFAULT.withOrdered(false).withMaxRetransmits(3).withProtocol("game");
    openFromJava("game", init, true, true);
    JsonNode seen = browser.await("datachannel");
    assertThat(seen.get("ordered").asBoolean()).isFalse();
    assertThat(seen.get("maxRetransmits").asInt()).isEqualTo(3);
    assertThat(seen.get("protocol").asText()).isEqualTo("game");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{ordered: false}", "{maxRetransmits: 0}", "{maxPacketLifeTime: 500}"})
  void takesAChannelFromTheBrowser(String options) {
    BlockingQueue<RTCDataChannel> incoming = new LinkedBlockingQueue<>();
    BlockingQueue<RTCMessage> messages = new LinkedBlockingQueue<>();
    java.onDataChannel(
        channel -> {
          channel.onMessage(messages::add);
          incoming.add(channel);
        });
    browser.meet(java, true);
    browser.run("create('from browser', " + options + ")");
    browser.browserOffers(true);
    browser.await("open");
    RTCDataChannel channel = take(incoming);
    assertThat(channel.label()).isEqualTo("from browser");
    assertThat(channel.ordered()).isEqualTo(!options.contains("ordered"));
    assertThat(channel.maxRetransmits()).isEqualTo(options.contains("Retransmits") ? 0 : null);
    assertThat(channel.maxPacketLifeTime()).isEqualTo(options.contains("LifeTime") ? 500 : null);
    browser.run("channels['from browser'].send('first')");
    assertThat(take(messages).text()).isEqualTo("first");
    channel.send("second");
    assertThat(browser.await("message").get("text").asText()).isEqualTo("second");
  }

  @Test
  void usesANegotiatedChannel() {
    RTCDataChannelInit init = RTCDataChannelInit.DEFAULT.withNegotiatedId(42);
    browser.meet(java, true);
    Channel channel = new Channel(java.createDataChannel("agreed", init));
    browser.run("create('agreed', {negotiated: true, id: 42})");
    browser.javaOffers(true);
    browser.await("open");
    BrowserPeer.get(channel.java.opened());
    assertThat(channel.java.id()).isEqualTo(42);
    channel.java.send("to the browser");
    assertThat(browser.await("message").get("text").asText()).isEqualTo("to the browser");
    browser.run("channels.agreed.send('to Java')");
    assertThat(channel.next().text()).isEqualTo("to Java");
  }

  @Test
  void deliversWhatWasSentBeforeJavaClosesTheChannel() {
    Channel channel = openFromJava("short", RTCDataChannelInit.DEFAULT, true, true);
    channel.java.send("last words");
    channel.java.close();
    assertThat(browser.await("message").get("text").asText()).isEqualTo("last words");
    browser.await("close");
    BrowserPeer.get(channel.closed);
    assertThat(channel.events).containsExactly("open", "close");
  }

  @Test
  void deliversWhatWasSentBeforeTheBrowserClosesTheChannel() {
    Channel channel = openFromJava("short", RTCDataChannelInit.DEFAULT, false, true);
    browser.run("channels.short.send('last words'); channels.short.close()");
    assertThat(channel.next().text()).isEqualTo("last words");
    BrowserPeer.get(channel.closed);
    browser.await("close");
    assertThat(channel.events).containsExactly("open", "closing", "close");
  }

  /** W3C WebRTC 4.4.1: close() fires nothing at the closing side, its states are closed at once. */
  @Test
  void closingInJavaIsAnEventInTheBrowserOnly() {
    Channel channel = openFromJava("chat", RTCDataChannelInit.DEFAULT, true, true);
    List<String> events = new CopyOnWriteArrayList<>();
    java.onConnectionStateChange(state -> events.add("connection " + state));
    java.onIceConnectionStateChange(state -> events.add("ice " + state));
    java.onSignalingStateChange(state -> events.add("signaling " + state));
    java.close();
    assertThat(java.connectionState()).isEqualTo(RTCPeerConnectionState.CLOSED);
    assertThat(java.signalingState()).isEqualTo(RTCSignalingState.CLOSED);
    assertThat(java.iceConnectionState()).isEqualTo(RTCIceConnectionState.CLOSED);
    assertThat(channel.java.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
    browser.await("close");
    assertThat(browser.run("return channels.chat.readyState").asText()).isEqualTo("closed");
    assertThat(browser.run("return pc.signalingState").asText()).isEqualTo("stable");
    BrowserPeer.get(java.closed());
    assertThat(events).isEmpty();
    assertThat(channel.events).containsExactly("open");
  }

  @Test
  void closingInTheBrowserIsAnEventInJava() {
    Channel channel = openFromJava("chat", RTCDataChannelInit.DEFAULT, true, true);
    BlockingQueue<RTCPeerConnectionState> states = new LinkedBlockingQueue<>();
    java.onConnectionStateChange(states::add);
    browser.run("pc.close()");
    BrowserPeer.get(channel.closed);
    assertThat(take(states)).isIn(LOST);
    assertThat(channel.events).startsWith("open").endsWith("close").doesNotHaveDuplicates();
    assertThat(channel.java.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
    assertThat(java.signalingState()).isEqualTo(RTCSignalingState.STABLE);
    assertThat(browser.run("return pc.connectionState").asText()).isEqualTo("closed");
  }

  @Test
  void connectsWhenTheAnswerComesTwoSecondsLate() {
    browser.meet(java, true);
    Channel channel = new Channel(java.createDataChannel("late"));
    var offer = BrowserPeer.get(java.setLocalDescription());
    JsonNode answer =
        BrowserPeer.get(
            browser.describePage(
                offer,
                "const answer = await localDescription(true);"
                    + " await new Promise((later) => setTimeout(later, 2000)); return answer"));
    browser.describeJava(java, answer);
    BrowserPeer.get(channel.java.opened());
    channel.java.send("after all");
    assertThat(browser.await("message").get("text").asText()).isEqualTo("after all");
  }

  @Test
  void carriesALargeFileToTheBrowser() throws Exception {
    Channel channel = openFromJava("bulk", RTCDataChannelInit.DEFAULT, true, true);
    CompletableFuture<JsonNode> received =
        browser.start("return receiveBulk('bulk', " + BULK_BYTES + ")");
    browser.run("return 0"); // commands start in order: the receiver is in place now
    long sum = Bytes.SUM_START;
    try (var out = channel.java.outputStream()) {
      for (int sent = 0; sent < BULK_BYTES; sent += 65_536) {
        byte[] part = Bytes.of(65_536, sent);
        sum = Bytes.sum(sum, part, part.length);
        out.write(part);
      }
    }
    JsonNode result = received.get(120, TimeUnit.SECONDS);
    assertThat(result.get("bytes").asLong()).isEqualTo(BULK_BYTES);
    assertThat(result.get("sum").asLong()).isEqualTo(sum);
  }

  @Test
  void takesALargeFileFromTheBrowser() throws Exception {
    CompletableFuture<RTCDataChannel> incoming = new CompletableFuture<>();
    CompletableFuture<InputStream> stream = new CompletableFuture<>();
    java.onDataChannel(
        channel -> {
          stream.complete(channel.inputStream());
          incoming.complete(channel);
        });
    browser.meet(java, true);
    browser.run("create('bulk', {})");
    browser.browserOffers(true);
    browser.await("open");
    CompletableFuture<JsonNode> sent =
        browser.start(
            "const sum = await sendBulk('bulk', "
                + BULK_BYTES
                + ", 65536); channels.bulk.close(); return sum");
    long sum = Bytes.SUM_START;
    long total = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = BrowserPeer.get(stream)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sum = Bytes.sum(sum, buffer, n);
        total += n;
      }
    }
    assertThat(total).isEqualTo(BULK_BYTES);
    assertThat(sent.get(60, TimeUnit.SECONDS).asLong()).isEqualTo(sum);
  }

  private Channel openFromJava(
      String label, RTCDataChannelInit init, boolean javaOffers, boolean trickle) {
    browser.meet(java, trickle);
    Channel channel = new Channel(java.createDataChannel(label, init));
    if (javaOffers) {
      browser.javaOffers(trickle);
    } else {
      browser.run("create('opener', {negotiated: true, id: 1000})");
      browser.browserOffers(trickle);
    }
    BrowserPeer.get(channel.java.opened());
    browser.await("open", event -> event.get("label").asText().equals(label));
    return channel;
  }

  private static <T> T take(BlockingQueue<T> queue) {
    try {
      T value = queue.poll(30, TimeUnit.SECONDS);
      assertThat(value).as("nothing came within 30 s").isNotNull();
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A Java channel whose events are written down. */
  private static final class Channel {
    private final RTCDataChannel java;
    private final BlockingQueue<RTCMessage> messages = new LinkedBlockingQueue<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    Channel(RTCDataChannel channel) {
      java = channel;
      channel.onOpen(() -> events.add("open"));
      channel.onClosing(() -> events.add("closing"));
      channel.onClose(
          () -> {
            events.add("close");
            closed.complete(null);
          });
      if (!channel.label().equals("bulk")) {
        channel.onMessage(messages::add);
      }
    }

    RTCMessage next() {
      return take(messages);
    }
  }
}
