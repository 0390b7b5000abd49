package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.purertc.Peers.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Files as streams over channels, over real sockets. */
class StreamsTest {
  private static final PeerConnectionFactory FACTORY =
      PeerConnectionFactory.builder().loops(1).loopbackOnly().build();

  @AfterAll
  static void closeFactory() {
    FACTORY.close();
  }

  @Test
  void carriesAFile() throws IOException {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      RTCDataChannel a = connect(peers);
      byte[] file = new byte[5_000_001];
      new Random(3).nextBytes(file);
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                try (OutputStream out = a.outputStream()) {
                  out.write(file);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      assertThat(peers.takeIncoming().inputStream().readAllBytes()).isEqualTo(file);
      await(sender);
      assertThat(a.readyState()).isEqualTo(RTCDataChannelState.CLOSED);
    }
  }

  @Test
  void blocksTheWriterWhileNobodyReads() throws IOException {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      RTCDataChannel a = connect(peers);
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                try (OutputStream out = a.outputStream()) {
                  out.write(new byte[12 << 20]);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      RTCDataChannel b = peers.takeIncoming();
      InputStream in = b.inputStream();
      assertThat(in.readNBytes(1 << 20)).hasSize(1 << 20);
      assertThat(a.bufferedAmount()).isLessThanOrEqualTo((1 << 20) + (16 << 10));
      assertThat(sender).isNotDone();
      assertThat(in.readAllBytes()).hasSize(11 << 20);
      await(sender);
    }
  }

  @Test
  void endsBothStreamsWithAnExceptionWhenThePeerIsLost() throws IOException {
    try (Peers peers = new Peers(FACTORY, RTCConfiguration.DEFAULT)) {
      RTCDataChannel a = connect(peers);
      RTCDataChannel b = peers.takeIncoming();
      OutputStream out = b.outputStream();
      InputStream in = b.inputStream();
      a.send(new byte[5]);
      assertThat(in.readNBytes(5)).hasSize(5);
      peers.a.close();
      assertThatIOException().isThrownBy(in::read);
      out.write(1);
      assertThatIOException().isThrownBy(out::flush);
      assertThatIOException().isThrownBy(out::close);
    }
  }

  private static RTCDataChannel connect(Peers peers) {
    peers.trickle();
    RTCDataChannel channel = peers.a.createDataChannel("stream");
    peers.negotiate();
    return await(channel.opened());
  }
}
