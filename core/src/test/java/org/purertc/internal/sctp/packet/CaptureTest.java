package org.purertc.internal.sctp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.util.MalformedPacketException;

/** Packets of other implementations. */
class CaptureTest {

  @ParameterizedTest
  @ValueSource(strings = {"usrsctp-echo.txt", "aiortc.txt"})
  void isReadAndWrittenBackByteForByte(String file) throws Exception {
    for (String line : packetsOf(file)) {
      byte[] packet = Chunks.bytes(line);
      PacketReader reader = new PacketReader(packet, 0, packet.length, Checksum.CRC32C);
      byte[] copy = new byte[packet.length];
      PacketWriter writer =
          new PacketWriter(copy, 0, copy.length)
              .header(reader.sourcePort(), reader.destinationPort(), reader.verificationTag());
      for (Chunk chunk : chunksOf(reader)) {
        assertThat(chunk).as(line).isNotInstanceOf(UnknownChunk.class);
        writer.add(chunk);
      }
      assertThat(writer.finish(Checksum.CRC32C)).as(line).isEqualTo(packet.length);
      assertThat(copy).as(line).isEqualTo(packet);
    }
  }

  @Test
  void usrsctpShakesHandsTransfersAndShutsDown() throws Exception {
    List<Integer> types = new ArrayList<>();
    for (Chunk chunk : allOf("usrsctp-echo.txt")) {
      types.add(chunk.type());
    }
    assertThat(types)
        .startsWith(ChunkType.INIT, ChunkType.INIT_ACK, ChunkType.COOKIE_ECHO, ChunkType.COOKIE_ACK)
        .contains(ChunkType.DATA, ChunkType.SACK)
        .endsWith(ChunkType.SHUTDOWN, ChunkType.SHUTDOWN_ACK, ChunkType.SHUTDOWN_COMPLETE);
  }

  @Test
  void usrsctpOffersItsExtensions() throws Exception {
    InitChunk init = (InitChunk) allOf("usrsctp-echo.txt").get(0);
    assertThat(init.parameters().supportsForwardTsn()).isTrue();
    assertThat(init.parameters().supportsExtension(ChunkType.RE_CONFIG)).isTrue();
    assertThat(init.parameters().toReport()).isEmpty();
    InitAckChunk initAck = (InitAckChunk) allOf("usrsctp-echo.txt").get(1);
    CookieEchoChunk echo = (CookieEchoChunk) allOf("usrsctp-echo.txt").get(2);
    assertThat(echo.cookie()).isEqualTo(initAck.parameters().stateCookie());
  }

  @Test
  void aiortcReconfiguresStreams() throws Exception {
    List<Chunk> chunks = allOf("aiortc.txt");
    ReConfigParameter reset = ((ReConfigChunk) chunks.get(0)).parameters().get(0);
    assertThat(reset)
        .isInstanceOfSatisfying(
            ReConfigParameter.OutgoingSsnReset.class,
            outgoing -> {
              assertThat(outgoing.requestSequence()).isEqualTo(11);
              assertThat(outgoing.responseSequence()).isEqualTo(22);
              assertThat(outgoing.lastTsn()).isEqualTo(33);
              assertThat(outgoing.streamIds()).containsExactly(1, 3, 5);
            });
    assertThat(((ReConfigChunk) chunks.get(1)).parameters())
        .containsExactly(new ReConfigParameter.Response(22, ReConfigParameter.Response.PERFORMED));
    assertThat(((ReConfigChunk) chunks.get(2)).parameters())
        .containsExactly(new ReConfigParameter.AddOutgoingStreams(12, 16));
    ForwardTsnChunk forward = (ForwardTsnChunk) chunks.get(3);
    assertThat(forward.newCumulativeTsn()).isEqualTo(77);
    assertThat(forward.streamIds()).containsExactly(3, 4);
    assertThat(forward.streamSequences()).containsExactly(9, 10);
  }

  private static List<Chunk> allOf(String file) throws MalformedPacketException {
    List<Chunk> chunks = new ArrayList<>();
    for (String line : packetsOf(file)) {
      byte[] packet = Chunks.bytes(line);
      chunks.addAll(chunksOf(new PacketReader(packet, 0, packet.length, Checksum.CRC32C)));
    }
    return chunks;
  }

  private static List<Chunk> chunksOf(PacketReader reader) throws MalformedPacketException {
    List<Chunk> chunks = new ArrayList<>();
    while (reader.hasNext()) {
      chunks.add(reader.next());
    }
    return chunks;
  }

  private static List<String> packetsOf(String file) {
    try (InputStream in = CaptureTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return Arrays.stream(text.split("\n")).filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
