package org.purertc.internal.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.internal.jsep.DescriptionType;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.rtp.PacketExtensions;
import org.purertc.internal.rtp.RtpPacket;
import org.purertc.internal.rtp.format.Depacketizer;
import org.purertc.internal.rtp.format.PayloadFormats;
import org.purertc.internal.util.MalformedPacketException;
import org.purertc.sdp.SessionDescription;

/** The picture ids of VP8 and VP9 on the wire: receivers take a jump in them for a loss. */
class PictureNumbersTest {
  private static final int FRAMES = 10;

  private final MediaLink link = new MediaLink(1);
  private final List<Integer> pictureIds = new ArrayList<>();
  private int written;

  private void listen(String mimeType) {
    Depacketizer format = PayloadFormats.depacketizer(mimeType, "");
    RtpPacket packet = new RtpPacket();
    link.a.keepsRtp =
        datagram -> {
          try {
            packet.parse(datagram, 0, datagram.length);
            byte[] payload = packet.copyPayload();
            if (packet.ssrc() == link.a.sending(MediaKind.VIDEO).stream().parameters().ssrc()) {
              pictureIds.add(format.describe(payload, 0, payload.length).pictureId());
            }
          } catch (MalformedPacketException e) {
            throw new AssertionError(e);
          }
          return true;
        };
  }

  /** One packet each. */
  private void write(String mimeType) {
    for (int i = 0; i < FRAMES; i++, written++) {
      byte[] frame = new byte[100];
      boolean key = written == 0;
      frame[0] = (byte) (key ? 0x10 : 0x11);
      MediaFrame picture =
          new MediaFrame(mimeType, frame, written * 20_000L, 0, key, PacketExtensions.NONE);
      link.a.send(MediaKind.VIDEO, picture);
      link.runFor(20 * MediaLink.MS);
    }
  }

  private void remoteOffersAgain(String before, String after) throws Exception {
    SessionDescription offer = link.b.jsep.createOffer();
    link.b.jsep.setLocalDescription(DescriptionType.OFFER, offer);
    link.b.session.onDescriptions(link.b.jsep, link.nowNs());
    String changed = offer.toString().replaceAll(before, after);
    assertThat(changed).isNotEqualTo(offer.toString());
    link.b.answered(link.a.answer(changed).toString());
  }

  private void assertTheyGoOn() {
    assertThat(pictureIds).hasSize(2 * FRAMES);
    for (int i = 1; i < pictureIds.size(); i++) {
      assertThat(pictureIds.get(i))
          .as("%s", pictureIds)
          .isEqualTo(pictureIds.get(i - 1) + 1 & 0x7fff);
    }
  }

  @Test
  void thoseOfVp8GoOnWhenTheRemoteOffersOtherParameters() throws Exception {
    listen("video/VP8");
    write("video/VP8");
    remoteOffersAgain("(a=rtpmap:(\\d+) VP8/90000\r\n)", "$1a=fmtp:$2 max-fs=3600;max-fr=30\r\n");
    write("video/VP8");
    assertTheyGoOn();
  }

  @Test
  void thoseOfVp9GoOnWhenTheRemoteOffersOtherParameters() throws Exception {
    listen("video/VP9");
    write("video/VP9");
    remoteOffersAgain("profile-id=0", "profile-id=0;max-fr=30");
    write("video/VP9");
    assertTheyGoOn();
  }
}
