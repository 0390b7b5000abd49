package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.interop.stock.StockClients;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;

/** npm's socket.io-client inside a browser, in a room with a member in Java. */
@Tag("interop")
@Timeout(300)
abstract class BrowserSocketIoTest {
  private static final int LINES = 20;

  @TempDir private Path directory;

  private final BlockingQueue<ServerMessage> inbox = new LinkedBlockingQueue<>();

  abstract Browser start();

  private <T extends ServerMessage> T next(Class<T> type) throws InterruptedException {
    while (true) {
      ServerMessage message = inbox.poll(60, TimeUnit.SECONDS);
      assertThat(message).as(type.getSimpleName()).isNotNull();
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"polling", "websocket"})
  void joinsTalksAndLeaves(String transport) throws Exception {
    StockClients clients = StockClients.install(directory);
    try (Browser browser = start();
        SignalingServer server = SignalingServer.start(0, options(browser), clients::configure)) {
      String url = "http://" + browser.serverHost() + ":" + server.port();
      try (SignalingChannel java =
          SignalingChannel.join(
              RoomServer.of(URI.create(url)), JoinRequest.of("stock", "Java"), inbox::add)) {
        next(ServerMessage.Welcome.class);
        browser.open(url + "/browser.html#" + transport + "," + LINES);
        assertThat(next(ServerMessage.Joined.class).member().name()).isEqualTo(transport);
        for (int i = 0; i < LINES; i++) {
          java.send(new ClientMessage.Chat("line " + i));
        }
        for (int i = 0; i < LINES; i++) {
          assertThat(next(ServerMessage.Broadcast.class).data())
              .isEqualTo(TextNode.valueOf("heard line " + i));
        }
        next(ServerMessage.Left.class);
      }
      assertThat(browser.consoleErrors()).isEmpty();
    }
  }

  private static SignalingOptions options(Browser browser) throws Exception {
    return SignalingOptions.DEFAULT.withHost(InetAddress.getByName(browser.serverHost()));
  }
}
