package org.purertc.internal.sctp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The program {@code peer.c} and an association of ours, one SCTP packet in a datagram, on
 * loopback.
 */
final class UsrsctpPeer implements AutoCloseable {
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
  private static final int POLL_MS = 5;

  final SctpEnd java = SctpEnd.with(1);
  final List<String> says = new CopyOnWriteArrayList<>();
  private final DatagramSocket socket;
  private final Process process;
  private final BufferedWriter commands;
  private final byte[] buffer = new byte[65_536];
  private int sent;

  /**
   * @param side {@code listen} or {@code connect}
   */
  UsrsctpPeer(Path program, String side) throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    socket = new DatagramSocket(0, loopback);
    socket.setSoTimeout(POLL_MS);
    socket.setReceiveBufferSize(1 << 20);
    String port = String.valueOf(socket.getLocalPort());
    process =
        new ProcessBuilder(program.toString(), side, port)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    commands = process.outputWriter(UTF_8);
    BufferedReader lines = process.inputReader(UTF_8);
    int otherPort = Integer.parseInt(lines.readLine().substring("port ".length()));
    socket.connect(loopback, otherPort);
    Thread reader = new Thread(() -> lines.lines().forEach(says::add), "usrsctp");
    reader.setDaemon(true);
    reader.start();
    java.nowNs = System.nanoTime();
    if (side.equals("listen")) {
      java.connect(java.nowNs);
    }
  }

  void send(int stream, byte[] message, SendOptions options) {
    java.association.send(stream, 53, message, options, java.nowNs);
  }

  void type(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
  }

  /** Lets packets and time pass until it is true. */
  void until(BooleanSupplier isTrue) throws IOException {
    long endNs = System.nanoTime() + LIMIT_NS;
    flush();
    while (!isTrue.getAsBoolean()) {
      if (System.nanoTime() > endNs) {
        throw new AssertionError(
            "usrsctp says " + says + ", Java has " + java.events + ", received " + received());
      }
      turn();
    }
  }

  private void turn() throws IOException {
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    try {
      socket.receive(packet);
      java.nowNs = System.nanoTime();
      java.receive(Arrays.copyOf(buffer, packet.getLength()));
    } catch (SocketTimeoutException nothingCame) {
      java.nowNs = System.nanoTime();
    }
    if (java.association.nextDeadlineNs() <= java.nowNs) {
      java.association.onDeadline(java.nowNs);
    }
    flush();
  }

  private void flush() throws IOException {
    java.drain();
    for (; sent < java.sentPackets.size(); sent++) {
      byte[] packet = java.sentPackets.get(sent);
      socket.send(new DatagramPacket(packet, packet.length));
    }
  }

  /** Streams and lengths of what came. */
  List<String> received() {
    return java.received.stream().map(it -> it.streamId() + ":" + it.bytes().length).toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    socket.close();
  }
}
