package org.purertc.samples.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** One UDP port that asks STUN servers; a NAT sees the same source in all that it asks. */
final class StunSocket implements AutoCloseable {
  /** RFC 8489 section 6.2.1: the first retransmission; each later one takes twice as long. */
  private static final long FIRST_RESEND_MS = 250;

  private static final int LARGEST_DATAGRAM_BYTES = 2048;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DatagramSocket socket;

  StunSocket() throws IOException {
    socket = new DatagramSocket();
  }

  /** The port of this machine that asks. */
  int port() {
    return socket.getLocalPort();
  }

  /** The address of this machine from which datagrams to {@code server} leave. */
  static @Nullable InetAddress localAddress(InetSocketAddress server) {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(server); // sends nothing
      InetAddress local = probe.getLocalAddress();
      return local.isAnyLocalAddress() ? null : local;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /**
   * Asks and waits for the answer.
   *
   * @param change of {@link StunMessages}; 0 for a plain question
   * @return null when no answer came in {@code limitMs}
   */
  StunMessages.@Nullable Answer ask(InetSocketAddress server, int change, long limitMs) {
    byte[] id = new byte[StunMessages.TRANSACTION_ID_BYTES];
    RANDOM.nextBytes(id);
    byte[] request = StunMessages.request(id, change);
    long endNs = System.nanoTime() + limitMs * 1_000_000;
    long intervalMs = FIRST_RESEND_MS;
    while (System.nanoTime() < endNs) {
      try {
        socket.send(new DatagramPacket(request, request.length, server));
      } catch (IOException | IllegalArgumentException e) {
        return null; // no route, or a port that the firewall of this machine closes
      }
      long resendNs = Math.min(endNs, System.nanoTime() + intervalMs * 1_000_000);
      StunMessages.Answer answer = await(id, resendNs);
      if (answer != null) {
        return answer;
      }
      intervalMs *= 2;
    }
    return null;
  }

  private StunMessages.@Nullable Answer await(byte[] id, long untilNs) {
    DatagramPacket packet =
        new DatagramPacket(new byte[LARGEST_DATAGRAM_BYTES], LARGEST_DATAGRAM_BYTES);
    long leftMs = (untilNs - System.nanoTime()) / 1_000_000;
    while (leftMs > 0) {
      try {
        socket.setSoTimeout((int) leftMs);
        packet.setLength(LARGEST_DATAGRAM_BYTES);
        socket.receive(packet);
        StunMessages.Answer answer =
            StunMessages.answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()), id);
        if (answer != null) {
          return answer;
        }
      } catch (SocketTimeoutException e) {
        return null;
      } catch (IOException e) {
        return null; // what ICMP says of an earlier question
      }
      leftMs = (untilNs - System.nanoTime()) / 1_000_000;
    }
    return null;
  }

  @Override
  public void close() {
    socket.close();
  }
}
