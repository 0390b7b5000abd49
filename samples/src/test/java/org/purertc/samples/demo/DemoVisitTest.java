package org.purertc.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelInit;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.WebSocketSignaling;
import org.purertc.samples.transfer.DiscardingTarget;
import org.purertc.samples.transfer.FileChannels;
import org.purertc.samples.transfer.ReceiverOptions;
import org.purertc.samples.transfer.SeededFile;
import org.purertc.samples.transfer.SenderOptions;
import org.purertc.samples.transfer.TransferReceiver;
import org.purertc.samples.transfer.TransferSender;

/** The demo with a Java visitor in the page's place, over real sockets. */
class DemoVisitTest {
  private static final long LIMIT_SECONDS = 60;

  private PeerConnectionFactory factory;
  private DemoServer server;
  private RTCPeerConnection peer;
  private WebSocketSignaling signaling;
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final BlockingQueue<RTCPeerConnection> served = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws Exception {
    factory = PeerConnectionFactory.builder().loopbackOnly().build();
    server =
        DemoServer.start(
            InetAddress.getByName("127.0.0.1"),
            0,
            () -> {
              RTCPeerConnection made = factory.createPeerConnection(RTCConfiguration.DEFAULT);
              served.add(made);
              return made;
            });
    peer = factory.createPeerConnection(RTCConfiguration.DEFAULT);
  }

  @AfterEach
  void stop() {
    signaling.close();
    server.close();
    factory.close();
  }

  private void connect() throws Exception {
    CompletableFuture<Negotiator> negotiator = new CompletableFuture<>();
    signaling =
        WebSocketSignaling.open(
            URI.create("ws://127.0.0.1:" + server.port() + "/ws"),
            Duration.ofSeconds(LIMIT_SECONDS),
            message -> negotiator.thenAccept(it -> it.receive(message)),
            lost::complete);
    Negotiator talks = new Negotiator(peer, CandidateMode.TRICKLE, signaling::send, lost::complete);
    negotiator.complete(talks);
    talks.offer();
  }

  private RTCDataChannel fileChannel() {
    return peer.createDataChannel(
        "file", RTCDataChannelInit.DEFAULT.withProtocol(FileChannels.PROTOCOL));
  }

  @Test
  void echoesTextAndBytes() throws Exception {
    BlockingQueue<RTCMessage> echoes = new LinkedBlockingQueue<>();
    RTCDataChannel chat = peer.createDataChannel("chat");
    chat.onMessage(echoes::add);
    connect();
    chat.opened().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    chat.send("grüezi");
    chat.send(new byte[] {1, 2, 3});
    RTCMessage text = echoes.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    RTCMessage bytes = echoes.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(text).isNotNull();
    assertThat(text.text()).isEqualTo("grüezi");
    assertThat(bytes).isNotNull();
    assertThat(bytes.isText()).isFalse();
    assertThat(bytes.bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void takesAFile() throws Exception {
    RTCDataChannel channel = fileChannel();
    TransferSender sender =
        new TransferSender(
            FileChannels.of(peer, channel), new SeededFile("a", 300_000, 1), SenderOptions.DEFAULT);
    FileChannels.run(channel, sender);
    connect();
    assertThat(sender.result().get(LIMIT_SECONDS, TimeUnit.SECONDS).manifest().bytes())
        .isEqualTo(300_000);
  }

  @Test
  void givesAFile() throws Exception {
    RTCDataChannel channel = fileChannel();
    TransferReceiver receiver =
        new TransferReceiver(
            FileChannels.of(peer, channel),
            new DiscardingTarget(Long.MAX_VALUE),
            ReceiverOptions.DEFAULT);
    FileChannels.run(channel, receiver);
    connect();
    assertThat(receiver.result().get(LIMIT_SECONDS, TimeUnit.SECONDS).manifest().bytes())
        .isEqualTo(16L << 20);
  }

  @Test
  void closesThePeerOfAVisitorWhoLeaves() throws Exception {
    RTCDataChannel chat = peer.createDataChannel("chat");
    connect();
    chat.opened().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    RTCPeerConnection theirs = served.remove();
    signaling.close();
    theirs.closed().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(theirs.connectionState()).isEqualTo(RTCPeerConnectionState.CLOSED);
  }
}
