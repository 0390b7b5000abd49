package org.purertc.internal.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.sctp.SctpPair.ms;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.internal.sctp.packet.AbortChunk;
import org.purertc.internal.sctp.packet.Checksum;
import org.purertc.internal.sctp.packet.Chunk;
import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.sctp.packet.ErrorCause;
import org.purertc.internal.sctp.packet.ErrorChunk;
import org.purertc.internal.sctp.packet.HeartbeatAckChunk;
import org.purertc.internal.sctp.packet.HeartbeatChunk;
import org.purertc.internal.sctp.packet.InitAckChunk;
import org.purertc.internal.sctp.packet.InitChunk;
import org.purertc.internal.sctp.packet.PacketWriter;
import org.purertc.internal.sctp.packet.Parameter;
import org.purertc.internal.sctp.packet.Parameters;
import org.purertc.internal.sctp.packet.ShutdownAckChunk;
import org.purertc.internal.sctp.packet.ShutdownCompleteChunk;
import org.purertc.internal.sctp.packet.UnknownChunk;

/** What a peer does that it must not: RFC 9260 sections 3.2, 3.3, 6.2, 6.5 and 8.5. */
class ProtocolErrorTest {
  private SctpPair pair;
  private long tag;
  private long nextTsn;

  /** One message of b tells its tag and TSN. */
  @BeforeEach
  void connect() {
    pair = SctpPair.connected();
    pair.send(pair.b, 0, new byte[] {1});
    pair.b.nowNs = pair.nowNs();
    pair.b.drain();
    byte[] packet = pair.b.takePackets().get(0);
    tag = Integer.toUnsignedLong(ByteBuffer.wrap(packet).getInt(4));
    pair.a.nowNs = pair.nowNs();
    pair.a.receive(packet);
    nextTsn = ((DataChunk) SctpEnd.chunks(packet).get(0)).tsn() + 1 & 0xffff_ffffL;
  }

  private static byte[] packet(long tag, Chunk... chunks) {
    byte[] bytes = new byte[2_000];
    PacketWriter writer = new PacketWriter(bytes, 0, bytes.length).header(5000, 5000, tag);
    for (Chunk chunk : chunks) {
      writer.add(chunk);
    }
    return Arrays.copyOf(bytes, writer.finish(Checksum.CRC32C));
  }

  /** What a answers at once. */
  private List<Chunk> answers(long toTag, Chunk... chunks) {
    pair.a.receive(packet(toTag, chunks));
    pair.a.drain();
    return pair.a.takePackets().stream().flatMap(p -> SctpEnd.chunks(p).stream()).toList();
  }

  private DataChunk data(int streamId, byte[] payload) {
    return new DataChunk(
        false, true, true, true, nextTsn, streamId, 0, 53, payload, 0, payload.length);
  }

  private static InitChunk init(long initiateTag, int streams, Parameter... parameters) {
    return new InitChunk(initiateTag, 100_000, streams, streams, 1, Parameters.of(parameters));
  }

  private static int causeOf(List<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      if (chunk instanceof ErrorChunk error) {
        return error.causes().get(0).code();
      } else if (chunk instanceof AbortChunk abort) {
        return abort.causes().get(0).code();
      }
    }
    throw new AssertionError("neither ERROR nor ABORT in " + chunks);
  }

  @Test
  void passesAnUnknownChunkThatSaysSo() {
    List<Chunk> answers =
        answers(tag, new UnknownChunk(0xbf, 0, new byte[4]), new HeartbeatChunk(new byte[4]));
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0)).isInstanceOf(HeartbeatAckChunk.class);
  }

  @Test
  void reportsAnUnknownChunkThatWantsIt() {
    List<Chunk> answers = answers(tag, new UnknownChunk(0xff, 0, new byte[4]));
    assertThat(causeOf(answers)).isEqualTo(ErrorCause.UNRECOGNIZED_CHUNK_TYPE);
  }

  @Test
  void readsNothingAfterAnUnknownChunkThatStops() {
    List<Chunk> answers =
        answers(tag, new UnknownChunk(0x3f, 0, new byte[4]), new HeartbeatChunk(new byte[4]));
    assertThat(answers).isEmpty();
  }

  @Test
  void givesUnknownParametersBack() {
    Parameter unknown = new Parameter(0xffff, new byte[4]);
    InitAckChunk ack = (InitAckChunk) answers(0, init(5, 10, unknown)).get(0);
    assertThat(ack.parameters().find(Parameter.UNRECOGNIZED_PARAMETER)).isNotNull();
  }

  @Test
  void abortsForDataWithoutUserData() {
    List<Chunk> answers = answers(tag, data(0, new byte[0]));
    assertThat(causeOf(answers)).isEqualTo(ErrorCause.NO_USER_DATA);
    assertThat(pair.a.events).last().isEqualTo("closed the peer broke the protocol: no user data");
  }

  @Test
  void reportsAStreamThatDoesNotExist() {
    List<Chunk> answers = answers(tag, data(65_535, new byte[] {1}));
    assertThat(causeOf(answers)).isEqualTo(ErrorCause.INVALID_STREAM_IDENTIFIER);
    assertThat(pair.a.association.isConnected()).isTrue();
    assertThat(pair.a.received).hasSize(1);
  }

  @Test
  void abortsForAMessageThatIsTooLong() {
    SctpConfig small = new SctpConfig(5000, 5000, 1_000, 100_000, 16, 16);
    pair = new SctpPair(LossyNetwork.with(1), small, 1);
    pair.connect();
    pair.send(pair.b, 0, new byte[1_001]);
    pair.runFor(ms(1_000));
    assertThat(pair.a.events).last().asString().contains("max-message-size");
    assertThat(pair.b.events).last().asString().contains("protocol violation");
  }

  @Test
  void dropsInitWithTagZeroAndRefusesOneWithoutStreams() {
    assertThat(answers(0, init(0, 10))).isEmpty();
    assertThat(causeOf(answers(0, init(5, 0)))).isEqualTo(ErrorCause.INVALID_MANDATORY_PARAMETER);
    assertThat(answers(tag, init(5, 10))).isEmpty();
    assertThat(pair.a.association.isConnected()).isTrue();
  }

  @Test
  void refusesAnInitAckWithoutCookie() {
    SctpEnd client = SctpEnd.with(3);
    client.connect(0);
    InitChunk init = (InitChunk) SctpEnd.chunks(client.takePackets().get(0)).get(0);
    client.receive(
        packet(init.initiateTag(), new InitAckChunk(9, 100_000, 10, 10, 1, Parameters.NONE)));
    client.drain();
    assertThat(causeOf(SctpEnd.chunks(client.takePackets().get(0))))
        .isEqualTo(ErrorCause.MISSING_MANDATORY_PARAMETER);
    assertThat(client.events).last().asString().startsWith("closed");
  }

  /** Section 8.5.1 B: the T bit says which tag stands in the packet. */
  @Test
  void believesAnAbortOnlyWithTheRightTag() {
    assertThat(answers(tag, new AbortChunk(true, List.of()))).isEmpty();
    assertThat(answers(tag + 1, new AbortChunk(false, List.of()))).isEmpty();
    assertThat(pair.a.association.isConnected()).isTrue();
    answers(tag, new AbortChunk(false, List.of()));
    assertThat(pair.a.events).last().isEqualTo("closed the peer aborted");
  }

  @Test
  void ignoresHeartbeatAcksThatItDidNotAskFor() {
    assertThat(answers(tag, new HeartbeatAckChunk(new byte[16]))).isEmpty();
  }

  @Test
  void ignoresShutdownChunksThatDoNotFitTheState() {
    answers(tag, new ShutdownAckChunk());
    answers(tag, new ShutdownCompleteChunk(false));
    assertThat(pair.a.association.isConnected()).isTrue();
  }

  /** Section 8.5.1 E. */
  @Test
  void answersAShutdownAckWhileItConnects() {
    SctpEnd client = SctpEnd.with(3);
    client.connect(0);
    client.takePackets();
    client.receive(packet(1234, new ShutdownAckChunk()));
    client.drain();
    assertThat(SctpEnd.chunks(client.takePackets().get(0)).get(0))
        .isEqualTo(new ShutdownCompleteChunk(true));
  }

  @Test
  void aFloodOfHeartbeatsFillsNothing() {
    for (int i = 0; i < 10_000; i++) {
      pair.a.receive(packet(tag, new HeartbeatChunk(new byte[1_000])));
    }
    pair.a.drain();
    assertThat(pair.a.takePackets().size()).isLessThanOrEqualTo(33);
  }

  @Test
  void leavesOutAnAnswerThatFitsNoPacket() {
    pair.a.packetBytes = 600;
    assertThat(answers(tag, new HeartbeatChunk(new byte[1_000]))).isEmpty();
    assertThat(answers(tag, new HeartbeatChunk(new byte[100]))).hasSize(1);
  }
}
