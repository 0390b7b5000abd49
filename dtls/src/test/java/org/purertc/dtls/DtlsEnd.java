package org.purertc.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A transport with everything that it said, sent and delivered. */
final class DtlsEnd implements DtlsListener {

  final DtlsTransport transport;
  final List<byte[]> received = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  int datagramsSent;
  int largestDatagram;

  /** The borrowed thread hopped with something else than a datagram. */
  boolean handshakeEnded;

  private boolean inHop;
  private int datagramsOfHop;
  @Nullable DtlsSession session;
  @Nullable String failure;
  private DatagramSink wire = (buffer, offset, length) -> {};

  DtlsEnd(DtlsTransports transports, Executor loop) {
    transport = transports.create(task -> loop.execute(() -> run(task)), this::transmit, this);
  }

  private void run(Runnable hopped) {
    datagramsOfHop = 0;
    inHop = true;
    hopped.run();
    inHop = false;
    // The end sends nothing, or at once repeats a whole flight that was asked for meanwhile.
    handshakeEnded |= datagramsOfHop != 1;
  }

  private void transmit(byte[] buffer, int offset, int length) {
    datagramsSent++;
    datagramsOfHop += inHop ? 1 : 0;
    largestDatagram = Math.max(largestDatagram, length);
    wire.send(buffer, offset, length);
  }

  void wire(DatagramSink sink) {
    wire = sink;
  }

  void start(DtlsRole role) {
    transport.start(role, System.nanoTime());
  }

  void receive(byte[] datagram) {
    transport.receive(datagram, 0, datagram.length, System.nanoTime());
  }

  void send(byte[] data) {
    transport.send(data, 0, data.length);
  }

  boolean isConnected() {
    return transport.state() == DtlsState.CONNECTED;
  }

  DtlsSession session() {
    if (session == null) {
      throw new AssertionError("not connected: " + events);
    }
    return session;
  }

  @Override
  public void onConnected(DtlsSession agreed, long nowNs) {
    session = agreed;
    events.add("connected");
  }

  @Override
  public void onData(byte[] buffer, int offset, int length, long nowNs) {
    received.add(Arrays.copyOfRange(buffer, offset, offset + length));
    events.add("data");
  }

  @Override
  public void onFailed(String reason) {
    failure = reason;
    events.add("failed");
  }

  @Override
  public void onClosed() {
    events.add("closed");
  }
}
