package org.purertc.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.purertc.dtls.DatagramSink;
import org.purertc.dtls.DtlsCertificate;
import org.purertc.dtls.DtlsListener;
import org.purertc.dtls.DtlsRole;
import org.purertc.dtls.DtlsSession;
import org.purertc.dtls.DtlsState;
import org.purertc.dtls.DtlsTransport;
import org.purertc.dtls.DtlsTransports;

/**
 * Protects records, and protects and unprotects them; unprotecting is the difference, because a
 * record can be read only once (replay).
 */
public class DtlsRecordBenchmark extends InnerLoop {
  private static final long CONNECT_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

  @Param({"100", "1160"})
  public int bytes = 1_160;

  private final BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
  private final DtlsTransports clients = new DtlsTransports(DtlsCertificate.generate(), null);
  private final DtlsTransports servers = new DtlsTransports(DtlsCertificate.generate(), null);
  private final Wire toServer = new Wire();
  private final Wire toClient = new Wire();
  private final Opened opened = new Opened();
  private final DtlsTransport client = clients.create(loop::add, toServer, new Opened());
  private final DtlsTransport server = servers.create(loop::add, toClient, opened);
  private byte[] message = {};

  /** Carries datagrams: over the loop in the handshake, then directly or nowhere. */
  private final class Wire implements DatagramSink {
    private @Nullable DtlsTransport to;
    private boolean connected;
    private boolean cut;
    private long lost;

    @Override
    public void send(byte[] buffer, int offset, int length) {
      DtlsTransport receiver = to;
      if (cut || receiver == null) {
        lost += length;
      } else if (connected) {
        receiver.receive(buffer, offset, length, 0);
      } else {
        byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
        loop.add(() -> receiver.receive(datagram, 0, datagram.length, System.nanoTime()));
      }
    }
  }

  /** Counts what was decrypted. */
  private static final class Opened implements DtlsListener {
    private long bytes;

    @Override
    public void onConnected(DtlsSession session, long nowNs) {}

    @Override
    public void onData(byte[] buffer, int offset, int length, long nowNs) {
      bytes += length;
    }

    @Override
    public void onFailed(String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void onClosed() {}
  }

  @Setup
  public void connect() throws InterruptedException {
    message = new byte[bytes];
    toServer.to = server;
    toClient.to = client;
    client.setRemoteFingerprints(List.of(servers.certificate().fingerprint()));
    server.setRemoteFingerprints(List.of(clients.certificate().fingerprint()));
    long startNs = System.nanoTime();
    server.start(DtlsRole.SERVER, startNs);
    client.start(DtlsRole.CLIENT, startNs);
    while (client.state() != DtlsState.CONNECTED || server.state() != DtlsState.CONNECTED) {
      Runnable task = loop.poll(CONNECT_LIMIT_NS, TimeUnit.NANOSECONDS);
      if (task == null) {
        throw new IllegalStateException("no DTLS handshake: " + client.state());
      }
      task.run();
    }
    toServer.connected = true;
  }

  @TearDown
  public void close() {
    clients.close();
    servers.close();
  }

  @Benchmark
  public long protect() {
    toServer.cut = true;
    client.send(message, 0, message.length);
    return toServer.lost;
  }

  @Benchmark
  public long protectAndUnprotect() {
    toServer.cut = false;
    client.send(message, 0, message.length);
    return opened.bytes;
  }
}
