package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.io.Network.AcceptedConnection;
import org.purertc.ice.io.Network.StreamListener;

/** Connections that others open to an event loop. */
class ListeningSocketTest {

  private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

  private final LoopThread thread = new LoopThread("listening");
  private final LoopThread other = new LoopThread("handed to");
  private final NioNetwork network = new NioNetwork();
  private final CompletableFuture<AcceptedConnection> accepted = new CompletableFuture<>();

  @AfterEach
  void endLoops() {
    thread.close();
    other.close();
  }

  private StreamListener listen() {
    return thread.call(
        () ->
            network.listen(
                thread.loop, ANY_PORT, (connection, nowNs) -> accepted.complete(connection)));
  }

  private static Socket connect(StreamListener listener) throws IOException {
    InetSocketAddress to = listener.localAddress();
    Socket socket = new Socket(to.getAddress(), to.getPort());
    socket.setSoTimeout(LoopThread.PATIENCE_S * 1_000);
    return socket;
  }

  private AcceptedConnection hand(LoopThread to, StreamEnd end) {
    return hand(LoopThread.await(accepted), to, end);
  }

  private AcceptedConnection hand(AcceptedConnection fresh, LoopThread to, StreamEnd end) {
    var taken = new CompletableFuture<AcceptedConnection>();
    thread.run(
        () ->
            fresh.handTo(
                to.loop,
                (connection, nowNs) -> {
                  taken.complete(connection);
                  return end;
                }));
    return LoopThread.await(taken);
  }

  private void echoes(LoopThread to) throws IOException {
    byte[] sent = {1, 2, 3, 4};
    StreamEnd end = new StreamEnd(sent.length);
    StreamListener listener = listen();
    try (Socket client = connect(listener)) {
      client.getOutputStream().write(sent);
      AcceptedConnection connection = hand(to, end);
      assertThat(LoopThread.await(end.received)).isEqualTo(sent);
      assertThat(connection.remoteAddress()).isEqualTo(client.getLocalSocketAddress());
      assertThat(connection.localAddress()).isEqualTo(listener.localAddress());
      to.run(() -> connection.send(sent, 0, sent.length));
      assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      to.run(connection::close);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    thread.run(listener::close);
  }

  @Test
  void anAcceptedConnectionCarriesBytesBothWays() throws Exception {
    echoes(thread);
  }

  @Test
  void anAcceptedConnectionMayLiveOnAnotherLoop() throws Exception {
    echoes(other);
  }

  @Test
  void aConnectionThatIsReadAlreadyMovesToAnotherLoopWithWhatComesLater() throws Exception {
    movesWithWhatComesLater(other);
  }

  @Test
  void aConnectionThatIsReadAlreadyMovesToAnotherOwnerOnItsLoop() throws Exception {
    movesWithWhatComesLater(thread);
  }

  private void movesWithWhatComesLater(LoopThread to) throws Exception {
    StreamEnd first = new StreamEnd(1);
    StreamEnd second = new StreamEnd(1);
    StreamListener listener = listen();
    try (Socket client = connect(listener)) {
      client.getOutputStream().write(7);
      AcceptedConnection here = hand(thread, first);
      assertThat(LoopThread.await(first.received)).containsExactly(7);
      AcceptedConnection there = hand(here, to, second);
      client.getOutputStream().write(8);
      assertThat(LoopThread.await(second.received)).containsExactly(8);
      client.shutdownOutput();
      assertThat(LoopThread.await(second.closed)).contains("closed");
      assertThat(first.closed).isNotDone();
      to.run(there::close);
    }
    thread.run(listener::close);
  }

  @Test
  void aConnectionThatItsTakerClosesIsClosedForTheClient() throws Exception {
    StreamEnd end = new StreamEnd(1);
    StreamListener listener = listen();
    try (Socket client = connect(listener)) {
      AcceptedConnection fresh = LoopThread.await(accepted);
      thread.run(
          () ->
              fresh.handTo(
                  other.loop,
                  (connection, nowNs) -> {
                    connection.close();
                    return end;
                  }));
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(end.closed).isNotDone();
    }
    thread.run(listener::close);
  }

  @Test
  void aClosedListenerFreesItsPortAndKeepsItsConnections() throws Exception {
    StreamEnd end = new StreamEnd(1);
    StreamListener listener = listen();
    try (Socket client = connect(listener)) {
      AcceptedConnection connection = hand(other, end);
      thread.run(listener::close);
      InetSocketAddress was = listener.localAddress();
      assertThatThrownBy(() -> new Socket(was.getAddress(), was.getPort()).close())
          .isInstanceOf(IOException.class);
      client.getOutputStream().write(9);
      assertThat(LoopThread.await(end.received)).containsExactly(9);
      other.run(connection::close);
    }
  }

  @Test
  void aPortInUseIsReported() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var address = (InetSocketAddress) taken.getLocalSocketAddress();
      assertThatThrownBy(
              () -> thread.call(() -> network.listen(thread.loop, address, (c, nowNs) -> {})))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(IOException.class);
    }
  }
}
