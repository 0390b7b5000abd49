package org.purertc.dtls.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandshakeThreadsTest {

  private static final Identity IDENTITY = Identity.generate();

  @Test
  void stalledHandshakesGiveTheirThreadsToHonestOnes() throws InterruptedException {
    try (var endpoint = new Endpoint(IDENTITY, null, SrtpProfile.PREFERENCE, 2)) {
      Recorder firstStalled = new Recorder();
      Recorder secondStalled = new Recorder();
      new Handshake(endpoint, Handshake.Side.CLIENT, firstStalled, 100).start();
      new Handshake(endpoint, Handshake.Side.CLIENT, secondStalled, 100).start();

      Recorder client = new Recorder();
      Recorder server = new Recorder();
      var active = new Handshake(endpoint, Handshake.Side.CLIENT, client, 100);
      var passive = new Handshake(endpoint, Handshake.Side.SERVER, server, 100);
      client.peer = passive;
      server.peer = active;
      active.start();
      passive.start();

      assertThat(client.awaitEnd()).isEqualTo("completed");
      assertThat(server.awaitEnd()).isEqualTo("completed");
      assertThat(firstStalled.awaitEnd()).contains("silent");
      assertThat(secondStalled.awaitEnd()).contains("silent");
    }
  }

  @Test
  void aStalledHandshakeKeepsItsThreadWhileNobodyWaits() throws InterruptedException {
    try (var endpoint = new Endpoint(IDENTITY, null, SrtpProfile.PREFERENCE, 2)) {
      Recorder stalled = new Recorder();
      new Handshake(endpoint, Handshake.Side.CLIENT, stalled, 100).start();
      // Retransmissions after 100, 300, 700, 1500, 3100 and 6300 ms: the seventh is beyond 5 s.
      for (int i = 0; i < 7; i++) {
        stalled.awaitDatagram();
      }
      assertThat(stalled.ends).isEmpty();
    }
  }

  @Test
  void closingEndsRunningAndWaitingOnesAndRefusesNewOnes() throws InterruptedException {
    var endpoint = new Endpoint(IDENTITY, null, SrtpProfile.PREFERENCE, 1);
    Recorder running = new Recorder();
    Recorder waiting = new Recorder();
    new Handshake(endpoint, Handshake.Side.CLIENT, running, 100).start();
    new Handshake(endpoint, Handshake.Side.CLIENT, waiting, 100).start();
    endpoint.close();
    assertThat(running.awaitEnd()).isEqualTo("closed");
    assertThat(waiting.awaitEnd()).isEqualTo("closed");
    Recorder late = new Recorder();
    new Handshake(endpoint, Handshake.Side.CLIENT, late, 100).start();
    assertThat(late.awaitEnd()).contains("too many");
  }

  /** Carries datagrams straight to the peer's inbox. */
  private static final class Recorder implements HandshakeObserver {
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> datagrams = new LinkedBlockingQueue<>();
    volatile @Nullable Handshake peer;

    String awaitEnd() throws InterruptedException {
      String end = ends.poll(20, TimeUnit.SECONDS);
      assertThat(end).as("end of the handshake").isNotNull();
      return String.valueOf(end);
    }

    void awaitDatagram() throws InterruptedException {
      assertThat(datagrams.poll(20, TimeUnit.SECONDS)).as("datagram").isNotNull();
    }

    @Override
    public @Nullable String rejection(byte[] certificate) {
      return null;
    }

    @Override
    public void send(byte[] datagram) {
      datagrams.add(datagram);
      Handshake receiver = peer;
      if (receiver == null) {
        return;
      }
      synchronized (receiver) {
        int at = 0;
        while (at < datagram.length) {
          int length = DtlsRecord.length(datagram, at, datagram.length);
          byte[] record = new byte[length];
          System.arraycopy(datagram, at, record, 0, length);
          receiver.receive(record, 0, length);
          at += length;
        }
      }
    }

    @Override
    public void completed(Connection connection, Agreement agreement) {
      ends.add("completed");
    }

    @Override
    public void failed(String reason) {
      ends.add(reason);
    }

    @Override
    public void closed() {
      ends.add("closed");
    }
  }
}
