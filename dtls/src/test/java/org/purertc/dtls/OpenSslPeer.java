package org.purertc.dtls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real {@code openssl s_server} or {@code s_client} with a socket of ours before it. */
final class OpenSslPeer implements AutoCloseable {

  private final DatagramSocket socket;
  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final TestLoop loop;
  private volatile @Nullable SocketAddress address;

  private OpenSslPeer(
      TestLoop loop, DatagramSocket socket, @Nullable SocketAddress address, List<String> command)
      throws IOException {
    this.loop = loop;
    this.socket = socket;
    this.address = address;
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader = new Thread(this::readOutput, "openssl-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Answers once it prints ACCEPT. */
  static OpenSslPeer server(TestLoop loop, List<String> options) throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback(), 0));
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-dtls1_2", "-accept"));
    command.add("127.0.0.1:" + port);
    command.addAll(options);
    OpenSslPeer peer =
        new OpenSslPeer(loop, socket, new InetSocketAddress(loopback(), port), command);
    loop.runUntil(() -> peer.hasPrinted("ACCEPT"), peer::toString);
    return peer;
  }

  static OpenSslPeer client(TestLoop loop, List<String> options) throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback(), 0));
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-dtls1_2", "-connect"));
    command.add("127.0.0.1:" + socket.getLocalPort());
    command.addAll(options);
    return new OpenSslPeer(loop, socket, null, command);
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static int freePort() throws IOException {
    try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(loopback(), 0))) {
      return probe.getLocalPort();
    }
  }

  void connect(DtlsEnd end) {
    end.wire(this::send);
    Thread receiver = new Thread(() -> receive(end), "openssl-datagrams");
    receiver.setDaemon(true);
    receiver.start();
  }

  private void send(byte[] buffer, int offset, int length) {
    SocketAddress to = address;
    if (to == null) {
      throw new AssertionError("nobody spoke yet");
    }
    try {
      socket.send(new DatagramPacket(buffer, offset, length, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void receive(DtlsEnd end) {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return; // closed
      }
      address = packet.getSocketAddress();
      byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
      loop.execute(() -> end.receive(datagram));
    }
  }

  private void readOutput() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        output.add(line);
        loop.execute(() -> {}); // look again
        line = lines.readLine();
      }
    } catch (IOException e) {
      output.add("output ended: " + e);
    }
  }

  void type(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  boolean hasPrinted(String text) {
    return output.stream().anyMatch(line -> line.contains(text));
  }

  @Override
  public String toString() {
    return String.join("\n", output);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    socket.close();
  }
}
