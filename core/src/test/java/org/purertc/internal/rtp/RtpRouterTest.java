package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.SendEnd.IDS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.SourceDescription;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** RFC 9143 section 9.2. */
class RtpRouterTest {
  private static final int OPUS = 111;
  private static final int VP8 = 96;
  private static final int RTX = 97;

  /** Sections: audio a, videos v and w which share their payload types. */
  private static final MediaSection AUDIO = section("a", OPUS, Map.of());

  private static final MediaSection VIDEO = section("v", VP8, Map.of(70L, 71L));
  private static final MediaSection SECOND_VIDEO = section("w", VP8, Map.of());

  private final List<String> events = new ArrayList<>();
  private final Map<Long, StreamPair.Received> received = new HashMap<>();
  private final RtpRouter router = new RtpRouter(new Opener());
  private int sequence = 100;

  private static MediaSection section(String mid, int payloadType, Map<Long, Long> signalled) {
    Map<Integer, Integer> rtx = payloadType == VP8 ? Map.of(RTX, VP8) : Map.of();
    return new MediaSection(
        mid, new ReceiveParameters(Map.of(payloadType, 90_000), rtx, true, true, false), signalled);
  }

  private final class Opener implements StreamOpener {
    @Override
    public ReceiveStream open(MediaSection section, String rid, long ssrc) {
      events.add("open " + section.mid() + " " + ssrc + (rid.isEmpty() ? "" : " " + rid));
      StreamPair.Received listener = new StreamPair.Received();
      received.put(ssrc, listener);
      return new ReceiveStream(ssrc, section.parameters(), listener);
    }

    @Override
    public void onClosed(ReceiveStream stream) {
      events.add("close " + stream.ssrc());
    }
  }

  @BeforeEach
  void negotiate() {
    router.update(List.of(AUDIO, VIDEO, SECOND_VIDEO), IDS);
  }

  private boolean receive(int payloadType, long ssrc, int number, String... extensions)
      throws MalformedPacketException {
    ExtensionWriter elements = new ExtensionWriter();
    for (String extension : extensions) {
      String[] parts = extension.split("=");
      elements.add(IDS.id(ExtensionType.valueOf(parts[0])), parts[1]);
    }
    RtpHeader header =
        new RtpHeader(PacketKind.VIDEO, payloadType, true, ssrc, number, 0, PacketExtensions.NONE);
    ByteWriter out = new ByteWriter(new byte[100], 0);
    header.write(out, elements, false);
    if (payloadType == RTX) {
      out.u16(number - 1_000);
    }
    out.u8(1);
    RtpPacket packet = new RtpPacket();
    packet.parse(out.array(), 0, out.length());
    return router.receive(packet, 0);
  }

  private boolean media(int payloadType, long ssrc, String... extensions)
      throws MalformedPacketException {
    return receive(payloadType, ssrc, sequence++, extensions);
  }

  private boolean rtx(long ssrc, int original, String... extensions)
      throws MalformedPacketException {
    return receive(RTX, ssrc, 1_000 + original, extensions);
  }

  @Test
  void byMid() throws Exception {
    assertThat(media(VP8, 5, "MID=w")).isTrue();
    assertThat(media(VP8, 5)).isTrue();
    assertThat(events).containsExactly("open w 5");
    assertThat(received.get(5L).sequences).hasSize(2);
  }

  @Test
  void byAnUnknownMidToNobody() throws Exception {
    assertThat(media(VP8, 5, "MID=x")).isFalse();
    assertThat(media(OPUS, 6, "MID=x")).isFalse();
    assertThat(events).isEmpty();
    assertThat(router.unroutablePackets()).isEqualTo(2);
  }

  @Test
  void aDescriptionThatComesAfterThePacketsCorrectsWhatTheirPayloadTypeSaid() throws Exception {
    router.update(List.of(AUDIO, SECOND_VIDEO), IDS);
    assertThat(media(VP8, 70)).isTrue();
    router.update(List.of(AUDIO, VIDEO, SECOND_VIDEO), IDS);
    assertThat(media(VP8, 70)).isTrue();
    assertThat(events).containsExactly("open w 70", "close 70", "open v 70");
  }

  @Test
  void bySignalledSsrc() throws Exception {
    assertThat(media(VP8, 70)).isTrue();
    assertThat(events).containsExactly("open v 70");
  }

  @Test
  void byAPayloadTypeThatOnlyOneSectionHas() throws Exception {
    assertThat(media(OPUS, 5)).isTrue();
    assertThat(media(VP8, 6)).isFalse();
    assertThat(events).containsExactly("open a 5");
  }

  @Test
  void aPayloadTypeOfAnotherSectionIsDropped() throws Exception {
    media(VP8, 5, "MID=v");
    assertThat(media(OPUS, 5)).isFalse();
    assertThat(media(OPUS, 5, "MID=v")).isFalse();
    assertThat(router.unroutablePackets()).isEqualTo(2);
  }

  @Test
  void aNewerPacketMovesAnSsrcToAnotherSection() throws Exception {
    receive(VP8, 5, 10, "MID=v");
    receive(VP8, 5, 11, "MID=w");
    assertThat(events).containsExactly("open v 5", "close 5", "open w 5");
    // An older one, late, does not move it back.
    receive(VP8, 5, 9, "MID=v");
    assertThat(events).hasSize(3);
    assertThat(received.get(5L).sequences).hasSize(2);
  }

  @Test
  void bySourceDescription() throws Exception {
    router.onSourceDescription(new SourceDescription.Chunk(5, "name", "w"));
    router.onSourceDescription(new SourceDescription.Chunk(6, "name", "x"));
    router.onSourceDescription(new SourceDescription.Chunk(7, "name", ""));
    assertThat(media(VP8, 5)).isTrue();
    assertThat(media(VP8, 6)).isFalse();
    assertThat(events).containsExactly("open w 5");
    router.onSourceDescription(new SourceDescription.Chunk(5, "name", "v"));
    assertThat(events).containsExactly("open w 5", "close 5");
  }

  @Test
  void layersHaveTheirRids() throws Exception {
    media(VP8, 5, "MID=v", "STREAM_ID=lo");
    media(VP8, 6, "MID=v", "STREAM_ID=hi");
    media(VP8, 6, "MID=v");
    assertThat(events).containsExactly("open v 5 lo", "open v 6 hi");
  }

  @Test
  void aRetransmissionByItsRepairedRid() throws Exception {
    receive(VP8, 5, 10, "MID=v", "STREAM_ID=lo");
    receive(VP8, 6, 10, "MID=v", "STREAM_ID=hi");
    receive(VP8, 6, 12);
    assertThat(rtx(8, 11, "MID=v", "REPAIRED_STREAM_ID=hi")).isTrue();
    assertThat(received.get(6L).sequences).hasSize(3);
    assertThat(received.get(5L).sequences).hasSize(1);
    assertThat(streamOf(6).rtxSsrc()).isEqualTo(8);
    // A rid that nobody has, while two streams might be meant.
    assertThat(rtx(9, 11, "MID=v", "REPAIRED_STREAM_ID=no")).isFalse();
  }

  @Test
  void aRetransmissionByTheSignalledGroup() throws Exception {
    assertThat(rtx(71, 9)).isFalse();
    receive(VP8, 70, 10);
    receive(VP8, 70, 12);
    receive(VP8, 5, 10, "MID=v");
    assertThat(rtx(71, 11)).isTrue();
    assertThat(received.get(70L).sequences).hasSize(3);
  }

  @Test
  void aRetransmissionOfTheOnlyStream() throws Exception {
    receive(VP8, 5, 10, "MID=w");
    receive(VP8, 5, 12);
    assertThat(rtx(8, 11, "MID=w")).isTrue();
    assertThat(received.get(5L).sequences).hasSize(3);
  }

  @Test
  void aRetransmissionByWhatWasAskedFor() throws Exception {
    // RFC 4588 section 5.3.
    receive(VP8, 5, 10, "MID=w");
    receive(VP8, 6, 20, "MID=w");
    receive(VP8, 6, 22);
    assertThat(rtx(8, 15, "MID=w")).isFalse();
    assertThat(rtx(8, 21)).isTrue();
    assertThat(received.get(6L).sequences).hasSize(3);
  }

  @Test
  void aRetransmissionWithoutItsStreamGoesNowhere() throws Exception {
    assertThat(rtx(8, 11, "MID=v")).isFalse();
    assertThat(router.streams()).isEmpty();
  }

  @Test
  void byeEndsAStreamAndItsNextPacketBeginsAnother() throws Exception {
    media(OPUS, 5);
    router.onBye(5);
    router.onBye(99);
    assertThat(router.streams()).isEmpty();
    media(OPUS, 5);
    assertThat(events).containsExactly("open a 5", "close 5", "open a 5");
  }

  @Test
  void theLastPacketsOfASectionGoToNoOther() throws Exception {
    assertThat(receive(VP8, 40, 1, "MID=w")).isTrue();
    router.update(List.of(AUDIO, VIDEO), IDS);
    assertThat(receive(VP8, 40, 2)).isFalse();
    assertThat(events).containsExactly("open w 40", "close 40");
    router.update(List.of(AUDIO, VIDEO, SECOND_VIDEO), IDS);
    assertThat(receive(VP8, 40, 3)).isTrue();
    assertThat(events).endsWith("open w 40");
  }

  @Test
  void aPacketThatByeHasOvertakenGoesToNoOtherSection() throws Exception {
    receive(VP8, 40, 1, "MID=w");
    router.onBye(40);
    router.update(List.of(AUDIO, VIDEO), IDS);
    assertThat(receive(VP8, 40, 2)).isFalse();
    assertThat(events).containsExactly("open w 40", "close 40");
  }

  @Test
  void theSourceOfASectionThatIsGoneMayGoOnInAnother() throws Exception {
    receive(VP8, 40, 1, "MID=w");
    router.update(List.of(AUDIO, VIDEO), IDS);
    assertThat(receive(VP8, 40, 2, "MID=v")).isTrue();
    assertThat(events).endsWith("open v 40");
  }

  @Test
  void sourcesOfManyDescriptionsAreForgotten() throws Exception {
    for (long ssrc = 1_000; ssrc < 3_000; ssrc += 2) {
      MediaSection video = section("v", VP8, Map.of(ssrc, ssrc + 1));
      router.update(List.of(AUDIO, video), IDS);
      assertThat(receive(VP8, ssrc, 1)).isTrue();
    }
    assertThat(router.streams()).hasSize(RtpRouter.MAX_UNSIGNALLED + 1);
  }

  @Test
  void aSectionThatIsGoneEndsItsStreams() throws Exception {
    media(OPUS, 5);
    media(VP8, 6, "MID=v");
    router.update(List.of(AUDIO), IDS);
    assertThat(events).containsExactly("open a 5", "open v 6", "close 6");
    assertThat(media(VP8, 6)).isFalse();
    assertThat(media(OPUS, 5)).isTrue();
  }

  @Test
  void aNewNegotiationReachesTheStreams() throws Exception {
    media(OPUS, 5);
    router.update(List.of(section("a", 112, Map.of())), IDS);
    assertThat(media(112, 5)).isTrue();
    assertThat(media(OPUS, 5)).isFalse();
    assertThat(received.get(5L).sequences).hasSize(2);
  }

  @Test
  void withoutMidsAndBundleThePayloadTypeIsEnough() throws Exception {
    router.update(List.of(VIDEO), ExtensionIds.NONE);
    assertThat(media(VP8, 5)).isTrue();
  }

  @Test
  void aFloodOfSourcesForgetsTheUnusedOnesButNoSignalledOne() throws Exception {
    media(VP8, 70);
    media(OPUS, 5);
    for (int i = 0; i < 10_000; i++) {
      media(OPUS, 1_000 + i);
      if (i % 10 == 0) {
        media(OPUS, 5);
      }
    }
    assertThat(router.streams()).hasSize(RtpRouter.MAX_UNSIGNALLED + 1);
    assertThat(events).doesNotContain("close 5", "close 70");
    assertThat(router.forgottenSources()).isEqualTo(10_001 - RtpRouter.MAX_UNSIGNALLED);
  }

  private ReceiveStream streamOf(long ssrc) {
    ReceiveStream stream = router.streamOf(ssrc);
    assertThat(stream).isNotNull();
    return stream;
  }
}
