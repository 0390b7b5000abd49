package org.purertc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A candidate that a STUN server told us, who answers as if there were a NAT between. */
class ServerReflexiveCandidateTest {
  private static final int MAPPED_PORT = 40_000;
  private static final byte[] MAPPED_ADDRESS = {(byte) 203, 0, 113, 7};
  private static final int MAGIC_COOKIE = 0x2112A442;

  /** One success response, RFC 8489 section 14.2. */
  private static byte[] answer(DatagramPacket request) {
    byte[] transaction = new byte[12];
    System.arraycopy(request.getData(), 8, transaction, 0, transaction.length);
    return ByteBuffer.allocate(32)
        .putShort((short) 0x0101)
        .putShort((short) 12)
        .putInt(MAGIC_COOKIE)
        .put(transaction)
        .putShort((short) 0x0020)
        .putShort((short) 8)
        .putShort((short) 1)
        .putShort((short) (MAPPED_PORT ^ MAGIC_COOKIE >>> 16))
        .putInt(ByteBuffer.wrap(MAPPED_ADDRESS).getInt() ^ MAGIC_COOKIE)
        .array();
  }

  private static void serve(DatagramSocket socket) {
    DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
    try {
      for (; ; ) {
        socket.receive(packet);
        byte[] answer = answer(packet);
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @Test
  void namesItsServerInTheEventAndInTheStatistics() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        var factory = PeerConnectionFactory.builder().loopbackOnly().build()) {
      Thread server = new Thread(() -> serve(socket), "stun");
      server.setDaemon(true);
      server.start();
      String url = "stun:127.0.0.1:" + socket.getLocalPort();
      var peer = factory.createPeerConnection(RTCConfiguration.builder().iceServer(url).build());
      BlockingQueue<RTCIceCandidate> candidates = new LinkedBlockingQueue<>();
      peer.onIceCandidate(candidates::add);
      peer.createDataChannel("data");
      peer.setLocalDescription();
      RTCIceCandidate candidate = candidates.poll(20, SECONDS);
      while (candidate != null && !"srflx".equals(candidate.type())) {
        candidate = candidates.poll(20, SECONDS);
      }
      assertThat(candidate).isNotNull();
      assertThat(candidate.address()).isEqualTo("203.0.113.7");
      assertThat(candidate.port()).isEqualTo(MAPPED_PORT);
      assertThat(candidate.url()).isEqualTo(url);
      assertThat(candidate.relayProtocol()).isNull();
      assertThat(peer.getStats().get(20, SECONDS).ofType("local-candidate"))
          .filteredOn(entry -> entry.text("candidateType").equals("srflx"))
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.text("address")).isEqualTo("203.0.113.7");
                assertThat(entry.text("url")).isEqualTo(url);
                assertThat(entry.text("relatedAddress")).isEqualTo("127.0.0.1");
                assertThat(entry.get("relayProtocol")).isNull();
              });
    }
  }
}
