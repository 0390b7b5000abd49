package org.purertc.internal.sctp.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.util.MalformedPacketException;

/** The bytes are laid out by hand after the figures of RFC 9260, RFC 3758 and RFC 6525. */
class ChunkTest {

  @Test
  void dataLooksAsInSection331() throws Exception {
    byte[] payload = "hello".getBytes(StandardCharsets.UTF_8);
    DataChunk chunk =
        new DataChunk(
            false, true, true, true, 0x01020304L, 0x0506, 0x0708, 51, payload, 0, payload.length);
    String hex = "00070015 01020304 05060708 00000033 68656c6c6f000000";
    assertThat(Chunks.hex(chunk)).isEqualTo(hex.replace(" ", ""));
    assertThat(chunk.length()).isEqualTo(21);
    assertThat(chunk.paddedLength()).isEqualTo(24);
    DataChunk parsed = (DataChunk) Chunks.parse(hex);
    assertThat(parsed.tsn()).isEqualTo(0x01020304L);
    assertThat(parsed.unordered()).isTrue();
    assertThat(parsed.immediate()).isFalse();
    int end = parsed.offset() + parsed.payloadLength();
    assertThat(Arrays.copyOfRange(parsed.buffer(), parsed.offset(), end)).isEqualTo(payload);
  }

  @Test
  void dataFlagsAreImmediateUnorderedBeginningEnding() throws Exception {
    assertThat(((DataChunk) Chunks.parse("00080010 00000000 00000000 00000000")).immediate())
        .isTrue();
    assertThat(((DataChunk) Chunks.parse("00040010 00000000 00000000 00000000")).unordered())
        .isTrue();
    assertThat(((DataChunk) Chunks.parse("00020010 00000000 00000000 00000000")).beginning())
        .isTrue();
    assertThat(((DataChunk) Chunks.parse("00010010 00000000 00000000 00000000")).ending()).isTrue();
  }

  @Test
  void initLooksAsInSection332() throws Exception {
    InitChunk chunk =
        new InitChunk(
            0x11223344L,
            0x00200000L,
            0xffff,
            0xfffe,
            0xaabbccddL,
            Parameters.of(
                Parameter.supportedExtensions(0x82, 0xc0, 0x40), Parameter.forwardTsnSupported()));
    String hex =
        "01000020 11223344 00200000 fffffffe aabbccdd 80080007 82c04000 c0000004".replace(" ", "");
    assertThat(Chunks.hex(chunk)).isEqualTo(hex);
    InitChunk parsed = (InitChunk) Chunks.parse(hex);
    assertThat(parsed.parameters().supportsForwardTsn()).isTrue();
    assertThat(parsed.parameters().supportsExtension(ChunkType.RE_CONFIG)).isTrue();
    assertThat(parsed.parameters().supportsExtension(0x41)).isFalse();
  }

  @Test
  void lengthOfInitLeavesOutThePaddingOfTheLastParameter() {
    InitAckChunk chunk =
        new InitAckChunk(1, 2, 3, 4, 5, Parameters.of(Parameter.stateCookie(new byte[5])));
    assertThat(chunk.length()).isEqualTo(29);
    assertThat(Chunks.hex(chunk)).startsWith("0200001d").hasSize(64);
  }

  @Test
  void sackLooksAsInSection334() throws Exception {
    SackChunk chunk = new SackChunk(12, 4660, new int[] {2, 3, 5, 5}, new long[] {9});
    String hex = "0300001c 0000000c 00001234 00020001 00020003 00050005 00000009";
    assertThat(Chunks.hex(chunk)).isEqualTo(hex.replace(" ", ""));
    SackChunk parsed = (SackChunk) Chunks.parse(hex);
    assertThat(parsed.gapCount()).isEqualTo(2);
    assertThat(parsed.gapStart(1)).isEqualTo(5);
    assertThat(parsed.gapEnd(0)).isEqualTo(3);
    assertThat(parsed.duplicateTsns()).containsExactly(9);
  }

  @Test
  void forwardTsnLooksAsInRfc3758() {
    ForwardTsnChunk chunk = new ForwardTsnChunk(0x01020304L, new int[] {1, 2}, new int[] {3, 4});
    assertThat(Chunks.hex(chunk)).isEqualTo("c000001001020304" + "0001000300020004");
  }

  @Test
  void outgoingSsnResetLooksAsInRfc6525() throws Exception {
    ReConfigChunk chunk =
        ReConfigChunk.of(new ReConfigParameter.OutgoingSsnReset(1, 2, 3, new int[] {4}));
    String hex = "82000016 000d0012 00000001 00000002 00000003 00040000";
    assertThat(Chunks.hex(chunk)).isEqualTo(hex.replace(" ", ""));
    assertThat(((ReConfigChunk) Chunks.parse(hex)).parameters().get(0))
        .isInstanceOfSatisfying(
            ReConfigParameter.OutgoingSsnReset.class,
            reset -> assertThat(reset.streamIds()).containsExactly(4));
  }

  @Test
  void incomingSsnResetWithThreeStreamsTakesAResponseBesideIt() throws Exception {
    ReConfigChunk chunk =
        ReConfigChunk.of(
            new ReConfigParameter.IncomingSsnReset(1, new int[] {4, 5, 6}),
            new ReConfigParameter.Response(7, ReConfigParameter.Response.PERFORMED));
    String hex =
        "82000020 000e000e 00000001 00040005 00060000 0010000c 00000007 00000001".replace(" ", "");
    assertThat(Chunks.hex(chunk)).isEqualTo(hex);
    assertThat(((ReConfigChunk) Chunks.parse(hex)).parameters())
        .contains(new ReConfigParameter.Response(7, 1));
  }

  @Test
  void addStreamsRequestOfFirefoxIsRead() throws Exception {
    ReConfigChunk chunk = (ReConfigChunk) Chunks.parse("82000010 0011000c 01020304 00100000");
    assertThat(chunk.parameters())
        .containsExactly(new ReConfigParameter.AddOutgoingStreams(0x01020304L, 16));
  }

  @Test
  void tBitOfAbortAndShutdownCompleteIsTheLowestFlag() throws Exception {
    assertThat(((AbortChunk) Chunks.parse("06010004")).tagReflected()).isTrue();
    assertThat(((AbortChunk) Chunks.parse("06000004")).tagReflected()).isFalse();
    assertThat(Chunks.parse("0e010004")).isEqualTo(new ShutdownCompleteChunk(true));
    assertThat(Chunks.hex(new ShutdownCompleteChunk(true))).isEqualTo("0e010004");
  }

  @Test
  void abortTellsItsReasonWithoutControlCharacters() throws Exception {
    AbortChunk abort =
        new AbortChunk(false, List.of(ErrorCause.userInitiatedAbort("bye\nfaked log line")));
    AbortChunk parsed = (AbortChunk) Chunks.parse(Chunks.hex(abort));
    assertThat(parsed.causes().get(0).describe())
        .isEqualTo("user-initiated abort: bye?faked log line");
  }

  @Test
  void unknownChunksSayByTheirTypeWhatToDo() {
    assertThat(new UnknownChunk(0x3f, 0, new byte[0]).stopsPacket()).isTrue();
    assertThat(new UnknownChunk(0x3f, 0, new byte[0]).isReported()).isFalse();
    assertThat(new UnknownChunk(0x40, 0, new byte[0]).stopsPacket()).isTrue();
    assertThat(new UnknownChunk(0x40, 0, new byte[0]).isReported()).isTrue();
    assertThat(new UnknownChunk(0x80, 0, new byte[0]).stopsPacket()).isFalse();
    assertThat(new UnknownChunk(0x80, 0, new byte[0]).isReported()).isFalse();
    assertThat(new UnknownChunk(0xc1, 0, new byte[0]).stopsPacket()).isFalse();
    assertThat(new UnknownChunk(0xc1, 0, new byte[0]).isReported()).isTrue();
  }

  @Test
  void unknownParameterWithClearHighBitEndsTheReading() throws Exception {
    Parameters parameters = initWith("4123 0004" + "c000 0004");
    assertThat(parameters.supportsForwardTsn()).isFalse();
    assertThat(parameters.toReport()).extracting(Parameter::type).containsExactly(0x4123);
  }

  @Test
  void unknownParameterWithSetHighBitIsPassedOver() throws Exception {
    Parameters parameters = initWith("8123 0004" + "c123 0005 0a000000" + "c000 0004");
    assertThat(parameters.supportsForwardTsn()).isTrue();
    assertThat(parameters.toReport()).extracting(Parameter::type).containsExactly(0xc123);
    Parameter report = Parameter.unrecognized(parameters.toReport().get(0));
    assertThat(report.value()).isEqualTo(Chunks.bytes("c12300050a000000"));
  }

  @Test
  void zeroChecksumIsAcceptableOnlyForDtls() throws Exception {
    assertThat(initWith("8001 0008 00000001").acceptsZeroChecksumOverDtls()).isTrue();
    assertThat(initWith("8001 0008 00000002").acceptsZeroChecksumOverDtls()).isFalse();
    assertThat(initWith("8001 0004").acceptsZeroChecksumOverDtls()).isFalse();
    assertThat(Parameters.of(Parameter.zeroChecksumAcceptable(1)).acceptsZeroChecksumOverDtls())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00070003", // length below the header
        "00070011 01020304 05060708 00000033", // payload missing
        "0007000f 01020304 05060708 000000", // shorter than the fixed part
        "01000010 11223344 00200000 ffffffff", // INIT without TSN
        "01000018 11223344 00200000 ffffffff 00000001 00070003", // parameter of length 3
        "01000018 11223344 00200000 ffffffff 00000001 00070009", // parameter that overruns
        "03000010 0000000c 00001234 00010000", // announced gap missing
        "03000014 0000000c 00001234 00010000 00030002", // gap that ends before it starts
        "04000008 00020004", // no heartbeat information
        "06000008 000c0003", // cause of length 3
        "82000004", // no parameter
        "82000008 000d0004", // request without numbers
        "c0000006 0102", // TSN cut
      })
  void malformedChunkIsRefused(String hex) {
    assertThatThrownBy(() -> Chunks.parse(hex)).isInstanceOf(MalformedPacketException.class);
  }

  private static Parameters initWith(String parameters) throws MalformedPacketException {
    int length = 20 + parameters.replace(" ", "").length() / 2;
    String header = String.format("0100%04x 11223344 00200000 ffffffff 00000001", length);
    return ((InitChunk) Chunks.parse(header + parameters)).parameters();
  }
}
