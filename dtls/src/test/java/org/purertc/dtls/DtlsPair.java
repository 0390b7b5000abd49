package org.purertc.dtls;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A client and a server with a network in memory between them. */
final class DtlsPair {

  final TestLoop loop;
  final DtlsEnd client;
  final DtlsEnd server;
  private final DtlsTransports clientTransports;
  private final DtlsTransports serverTransports;

  DtlsPair(TestLoop loop, DtlsTransports clientTransports, DtlsTransports serverTransports) {
    this.loop = loop;
    this.clientTransports = clientTransports;
    this.serverTransports = serverTransports;
    client = new DtlsEnd(clientTransports, loop);
    server = new DtlsEnd(serverTransports, loop);
    client.wire(deliverTo(server));
    server.wire(deliverTo(client));
    client.transport.handshakeRoundTrip(0);
    server.transport.handshakeRoundTrip(0);
  }

  /** Through the loop, as a socket would. */
  DatagramSink deliverTo(DtlsEnd end) {
    return (buffer, offset, length) -> {
      byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
      loop.execute(() -> end.receive(datagram));
    };
  }

  void exchangeFingerprints() {
    client.transport.setRemoteFingerprints(List.of(serverFingerprint()));
    server.transport.setRemoteFingerprints(List.of(clientFingerprint()));
  }

  Fingerprint clientFingerprint() {
    return clientTransports.certificate().fingerprint();
  }

  Fingerprint serverFingerprint() {
    return serverTransports.certificate().fingerprint();
  }

  void start() {
    server.start(DtlsRole.SERVER);
    client.start(DtlsRole.CLIENT);
  }

  DtlsPair connect() {
    exchangeFingerprints();
    start();
    awaitConnected();
    return this;
  }

  void awaitConnected() {
    loop.runUntil(() -> client.isConnected() && server.isConnected(), this::toString);
  }

  /** Loses, repeats and reorders in both directions. */
  void badNetwork(RandomGenerator random, double loss, double repeat, double reorder) {
    client.wire(new BadWire(deliverTo(server), random, loss, repeat, reorder));
    server.wire(new BadWire(deliverTo(client), random, loss, repeat, reorder));
  }

  @Override
  public String toString() {
    return "client %s %s %s, server %s %s %s"
        .formatted(
            client.transport.state(),
            client.events,
            client.failure,
            server.transport.state(),
            server.events,
            server.failure);
  }

  private static final class BadWire implements DatagramSink {
    private final DatagramSink next;
    private final RandomGenerator random;
    private final double loss;
    private final double repeat;
    private final double reorder;
    private byte @Nullable [] held;

    BadWire(DatagramSink next, RandomGenerator random, double loss, double repeat, double reorder) {
      this.next = next;
      this.random = random;
      this.loss = loss;
      this.repeat = repeat;
      this.reorder = reorder;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
      if (random.nextDouble() < loss) {
        return;
      }
      byte[] overtaken = held;
      held = null;
      if (overtaken == null && random.nextDouble() < reorder) {
        held = datagram;
        return;
      }
      next.send(datagram, 0, datagram.length);
      if (random.nextDouble() < repeat) {
        next.send(datagram, 0, datagram.length);
      }
      if (overtaken != null) {
        next.send(overtaken, 0, overtaken.length);
      }
    }
  }
}
