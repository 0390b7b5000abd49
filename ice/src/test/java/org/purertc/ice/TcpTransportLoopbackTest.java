package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.io.EventLoop;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.io.NioNetwork;

/** TCP candidates over real sockets on loopback, where no UDP port can be bound. */
class TcpTransportLoopbackTest {

  private static final int PATIENCE_S = 60;
  private static final int CLIENTS = 10;

  /** A host without UDP. */
  private static final class StreamsOnly implements Network {
    private final NioNetwork host = new NioNetwork();

    @Override
    public List<InetAddress> localAddresses() throws IOException {
      return host.localAddresses();
    }

    @Override
    public DatagramPort open(Loop loop, InetSocketAddress local, DatagramReceiver receiver)
        throws IOException {
      throw new BindException("no UDP here");
    }

    @Override
    public StreamConnection connect(
        Loop loop, InetSocketAddress local, InetSocketAddress remote, StreamReceiver receiver)
        throws IOException {
      return host.connect(loop, local, remote, receiver);
    }

    @Override
    public StreamListener listen(Loop loop, InetSocketAddress local, StreamAcceptor acceptor)
        throws IOException {
      return host.listen(loop, local, acceptor);
    }
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
  }

  private static IceTransports transports(int port) {
    HostPolicy policy = HostPolicy.builder(Addresses.ONLY_LOOPBACK).tcp(port == 0, port).build();
    return new IceTransports(new StreamsOnly(), IceConfig.DEFAULT, policy, new SecureRandom());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static TransportEnd open(EventLoop loop, IceTransports transports) {
    loop.acquire();
    return new TransportEnd(loop, transports);
  }

  @Test
  void clientsOfOneLoopTalkToSessionsOfTwoLoopsOnOnePort() throws IOException {
    var left = new EventLoop("tcp-left", Duration.ZERO);
    var right = new EventLoop("tcp-right", Duration.ZERO);
    IceTransports opening = transports(0);
    IceTransports taking = transports(freePort());
    List<TransportEnd> clients = new ArrayList<>();
    List<TransportEnd> servers = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      TransportEnd client = open(left, opening);
      TransportEnd server = open(i % 2 == 0 ? left : right, taking);
      // A client without any port of its own needs one of the server's when it begins.
      server.loop.execute(() -> server.begin(IceRole.CONTROLLED, client));
      await(server.gathered);
      client.loop.execute(() -> client.begin(IceRole.CONTROLLING, server));
      clients.add(client);
      servers.add(server);
    }
    for (int i = 0; i < CLIENTS; i++) {
      TransportEnd client = clients.get(i);
      TransportEnd server = servers.get(i);
      await(client.connected);
      await(server.connected);
      String text = "for " + i;
      client.loop.execute(() -> client.send(text));
      server.loop.execute(() -> server.send(text));
      assertThat(await(server.text)).isEqualTo(text);
      assertThat(await(client.text)).isEqualTo(text);
    }
    clients.forEach(TcpTransportLoopbackTest::close);
    servers.forEach(TcpTransportLoopbackTest::close);
  }

  private static void close(TransportEnd end) {
    await(CompletableFuture.runAsync(end.transport::close, end.loop));
    ((EventLoop) end.loop).release();
  }
}
