package org.purertc.internal.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.internal.jsep.Codec;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.rtp.PacketExtensions;
import org.purertc.internal.rtp.RtpRouter;
import org.purertc.internal.rtp.cc.SendSideBandwidth;
import org.purertc.internal.rtp.rtcp.Bye;
import org.purertc.internal.rtp.rtcp.FullIntraRequest;
import org.purertc.internal.rtp.rtcp.Nack;
import org.purertc.internal.rtp.rtcp.PictureLossIndication;
import org.purertc.internal.rtp.rtcp.ReceiverReport;
import org.purertc.internal.rtp.rtcp.Remb;
import org.purertc.internal.rtp.rtcp.ReportBlock;
import org.purertc.internal.rtp.rtcp.RtcpPacket;
import org.purertc.internal.rtp.rtcp.RtcpWriter;
import org.purertc.internal.rtp.rtcp.SourceDescription;
import org.purertc.internal.rtp.rtcp.TransportFeedback;
import org.purertc.internal.util.ByteWriter;

/**
 * A remote that has the keys and wants to harm: what it can make us keep, send or do is bounded,
 * and the call goes on afterwards. Each test sends to b; a is honest.
 */
class HostileRemoteTest {
  private static final long MS = MediaLink.MS;
  private static final int MAX_DATAGRAM_BYTES = 65_000;
  private static final long EVIL = 0x6666_0000L;

  private final MediaLink link = new MediaLink(1);
  private final MediaEnd b = link.b;
  private final Random random = new Random(1);
  private int written;

  /** Both send video for a while. */
  @BeforeEach
  void call() {
    link.delayNs = 10 * MS;
    talk(500);
    assertThat(received(link.a)).isGreaterThan(15);
    assertThat(received(b)).isGreaterThan(15);
  }

  private static int received(MediaEnd end) {
    return end.heard.get(MediaKind.VIDEO).frames.size();
  }

  private static MediaFrame video(int bytes, long index, boolean key) {
    byte[] frame = new byte[bytes];
    frame[0] = (byte) (key ? 0x10 : 0x11);
    if (key) {
      frame[3] = (byte) 0x9d;
      frame[4] = 0x01;
      frame[5] = 0x2a;
      frame[6] = 0x40;
      frame[8] = 0x40;
    }
    return new MediaFrame("video/VP8", frame, index * 20_000, 0, key, PacketExtensions.NONE);
  }

  private void talk(int milliseconds) {
    for (int i = 0; i < milliseconds / 20; i++) {
      // All are key frames, so that any of them ends what a loss has begun.
      link.a.send(MediaKind.VIDEO, video(1_500, written, true));
      b.send(MediaKind.VIDEO, video(1_500, written++, true));
      link.runFor(20 * MS);
    }
  }

  /** The honest streams are as before, in both directions. */
  private void assertGoesOn() {
    talk(3_000);
    int before = received(b);
    int beforeOfA = received(link.a);
    talk(1_000);
    assertThat(received(b) - before).isBetween(45, 55);
    assertThat(received(link.a) - beforeOfA).isBetween(45, 55);
  }

  private int payloadType(String mimeType) {
    return b.receiving(MediaKind.VIDEO).media().receiveCodecs().stream()
        .filter(codec -> codec.mimeType().equalsIgnoreCase(mimeType))
        .mapToInt(Codec::payloadType)
        .findFirst()
        .orElseThrow();
  }

  private long ssrcOfA() {
    return link.a.sending(MediaKind.VIDEO).stream().parameters().ssrc();
  }

  private long ssrcOfB() {
    return b.sending(MediaKind.VIDEO).stream().parameters().ssrc();
  }

  private void rtp(int payloadType, long ssrc, int sequence, boolean marker, byte[] payload) {
    ByteWriter out = new ByteWriter(new byte[12 + payload.length], 0);
    out.u8(0x80).u8(payloadType | (marker ? 0x80 : 0)).u16(sequence).u32(7).u32(ssrc);
    b.receiveInTheClear(false, out.bytes(payload).array());
  }

  private void rtcp(RtcpPacket... packets) {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    RtcpWriter out = new RtcpWriter(buffer, 0, buffer.length);
    for (RtcpPacket each : packets) {
      assertThat(out.add(each)).isTrue();
    }
    b.receiveInTheClear(true, Arrays.copyOf(buffer, out.length()));
  }

  /** A VP8 payload in the middle of a frame, RFC 7741 section 4.2. */
  private static byte[] middle(int bytes) {
    return new byte[bytes];
  }

  private static byte[] start(int bytes) {
    byte[] payload = new byte[bytes];
    payload[0] = 0x10;
    return payload;
  }

  @Test
  void aFloodOfSourcesKeepsNoMoreThanSome() {
    int vp8 = payloadType("video/VP8");
    for (int i = 0; i < 5_000; i++) {
      rtp(vp8, EVIL + i, random.nextInt(1 << 16), true, start(100));
    }
    int most = RtpRouter.MAX_UNSIGNALLED + 2;
    assertThat(b.receiving(MediaKind.VIDEO).receptions()).hasSizeBetween(2, most);
    assertThat(b.path().router().streams()).hasSizeLessThanOrEqualTo(most);
    assertThat(MediaStatistics.of(b.session, 0)).hasSizeLessThan(4 * most);
    assertGoesOn();
  }

  @Test
  void endlessGapsAreAnsweredWithLittle() {
    int vp8 = payloadType("video/VP8");
    long before = b.sentRtcpBytes;
    for (int i = 0; i < 3_000; i++) {
      rtp(vp8, EVIL, i * 900 & 0xffff, true, start(100));
      link.runFor(MS);
    }
    // A packet of 112 bytes asks for at most 900 others: 5 NACKs of 200 numbers, 16 bits each.
    assertThat(b.sentRtcpBytes - before).isLessThan(3_000 * 400);
    assertGoesOn();
  }

  @Test
  void framesThatNeverEndAreGivenUp() {
    int vp8 = payloadType("video/VP8");
    for (int i = 0; i < 20_000; i++) {
      rtp(vp8, EVIL, i & 0xffff, false, i == 0 ? start(1_000) : middle(1_000));
    }
    assertThat(b.number("inbound-rtp", MediaKind.VIDEO, "framesDecoded")).isPositive();
    assertGoesOn();
  }

  @Test
  void framesLargerThanTheBufferAreGivenUp() {
    int vp8 = payloadType("video/VP8");
    int before = received(b);
    for (int i = 0; i < 20_000; i++) {
      boolean last = i % 5_000 == 4_999;
      rtp(vp8, EVIL, i & 0xffff, last, i % 5_000 == 0 ? start(1_000) : middle(1_000));
    }
    assertThat(received(b)).isEqualTo(before);
    assertGoesOn();
  }

  @Test
  void retransmissionsOfNothingAreDropped() {
    int rtx = payloadType("video/rtx");
    int before = received(b);
    long rtcpBefore = b.sentRtcp;
    for (int i = 0; i < 5_000; i++) {
      byte[] payload = new byte[100];
      random.nextBytes(payload);
      rtp(rtx, EVIL, i, true, payload);
    }
    assertThat(received(b)).isEqualTo(before);
    assertThat(b.sentRtcp - rtcpBefore).isLessThan(100);
    assertThat(b.receiving(MediaKind.VIDEO).receptions()).hasSize(1);
    // Some were taken for packets a little ahead: the stream itself has to come there first.
    talk(12_000);
    assertGoesOn();
  }

  @Test
  void whoAsksForAllPacketsAgainAndAgainGetsThemTwice() {
    long sentBefore = b.sentRtpBytes;
    int[] all = IntStream.range(0, 1 << 16).toArray();
    for (int i = 0; i < 200; i++) {
      rtcp(new Nack(1, ssrcOfB(), all));
      talk(20);
    }
    link.runFor(3_000 * MS);
    long media = 200 * 1_600 + 60 * 1_600;
    assertThat(b.sentRtpBytes - sentBefore).isLessThan(2 * media + (100 << 10));
    assertGoesOn();
  }

  @Test
  void theProgramIsAskedForKeyFramesNowAndThen() {
    List<Long> asked = b.heard.get(MediaKind.VIDEO).keyFrameRequestsNs;
    int before = asked.size();
    for (int i = 0; i < 1_000; i++) {
      rtcp(
          new PictureLossIndication(1, ssrcOfB()),
          new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(ssrcOfB(), i & 0xff))));
      link.runFor(MS);
    }
    assertThat(asked.size() - before).isEqualTo(10); // a second, each 100 ms
    assertGoesOn();
  }

  private TransportFeedback lie() {
    int count = 1 + random.nextInt(300);
    int statuses = count + random.nextInt(0xffff - count);
    int[] offsets = random.ints(0, statuses).distinct().limit(count).sorted().toArray();
    int[] deltas = random.ints(count, Short.MIN_VALUE, Short.MAX_VALUE).toArray();
    int reference = random.nextInt() >> 8;
    return new TransportFeedback(
        1, 2, random.nextInt(1 << 16), statuses, reference, 0, offsets, deltas);
  }

  @Test
  void feedbackThatLiesMovesTheTargetWithinItsLimits() {
    for (int i = 0; i < 1_000; i++) {
      rtcp(lie());
      link.runFor(MS);
      assertThat(b.path().sending().targetBitsPerSecond())
          .isBetween(SendSideBandwidth.DEFAULT_MIN, 200_000_000L);
    }
    assertGoesOn();
  }

  @Test
  void feedbackThatRepeatsItselfCountsOnce() {
    int[] none = {};
    for (int i = 0; i < 20; i++) {
      RtcpPacket[] many =
          Collections.nCopies(1_500, new TransportFeedback(1, 2, 0, 0xffff, 0, 0, none, none))
              .toArray(RtcpPacket[]::new);
      rtcp(many);
    }
    assertThat(b.path().sending().targetBitsPerSecond())
        .isGreaterThanOrEqualTo(SendSideBandwidth.DEFAULT_MIN);
    assertGoesOn();
  }

  @Test
  void aDatagramFullOfReportsIsRead() {
    ReportBlock block = new ReportBlock(ssrcOfB(), 255, 1 << 22, 0xffff_ffffL, 1, 1, 0xffff_ffffL);
    List<RtcpPacket> reports = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      reports.add(new ReceiverReport(EVIL + i, Collections.nCopies(31, block)));
    }
    rtcp(reports.toArray(RtcpPacket[]::new));
    assertThat(b.number("remote-inbound-rtp", MediaKind.VIDEO, "packetsReceived")).isZero();
    assertGoesOn();
  }

  @Test
  void descriptionsAndGoodbyesOfSourcesMakeNoStreams() {
    String mid = b.receiving(MediaKind.VIDEO).media().mid();
    for (int i = 0; i < 1_000; i++) {
      List<SourceDescription.Chunk> chunks = new ArrayList<>();
      long[] ssrcs = new long[31];
      for (int n = 0; n < 31; n++) {
        ssrcs[n] = EVIL + 31L * i + n;
        chunks.add(new SourceDescription.Chunk(ssrcs[n], "evil", mid));
      }
      rtcp(new SourceDescription(chunks), new Bye(ssrcs, "gone"));
    }
    assertThat(b.receiving(MediaKind.VIDEO).receptions()).hasSize(1);
    assertGoesOn();
  }

  @Test
  void whoSaysGoodbyeWithEachPacketHasOneStream() {
    int vp8 = payloadType("video/VP8");
    for (int i = 0; i < 2_000; i++) {
      rtp(vp8, EVIL, i, true, start(100));
      rtcp(new Bye(new long[] {EVIL}, ""));
      assertThat(b.receiving(MediaKind.VIDEO).receptions()).hasSize(1);
    }
    rtcp(new Bye(new long[] {ssrcOfA()}, ""));
    assertGoesOn();
  }

  @Test
  void anEstimateOfNothingOrOfEverythingIsBounded() {
    rtcp(new Remb(1, 0, new long[] {ssrcOfB()}));
    assertThat(b.path().sending().targetBitsPerSecond()).isEqualTo(SendSideBandwidth.DEFAULT_MIN);
    rtcp(new Remb(1, 1L << 60, new long[] {ssrcOfB()}));
    assertThat(b.path().sending().targetBitsPerSecond())
        .isBetween(SendSideBandwidth.DEFAULT_MIN, 200_000_000L);
    talk(1_000);
    assertGoesOn();
  }

  @Test
  void packetsOfExtensionsAloneAreRead() {
    int vp8 = payloadType("video/VP8");
    for (int i = 0; i < 1_000; i++) {
      ByteWriter out = new ByteWriter(new byte[12 + 4 + 1_400 + 1], 0);
      out.u8(0x90).u8(vp8).u16(i).u32(7).u32(EVIL).u16(0x1000).u16(350);
      for (int n = 0; n < 700; n++) {
        out.u8(1 + random.nextInt(255)).u8(0); // RFC 8285 section 4.3: an element of no bytes
      }
      b.receiveInTheClear(false, out.u8(0x10).array());
    }
    assertThat(b.path().router().streams()).hasSizeLessThanOrEqualTo(3);
    assertGoesOn();
  }
}
