package org.purertc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

/** A sender and the receiver that has its keys. */
record SrtpPair(SrtpProfile profile, SrtpSession sender, SrtpSession receiver) {

  static SrtpPair of(SrtpProfile profile, long seed) {
    Random random = new Random(seed);
    byte[][] keys = new byte[4][];
    for (int i = 0; i < 4; i++) {
      keys[i] = new byte[i % 2 == 0 ? profile.keyBytes() : profile.saltBytes()];
      random.nextBytes(keys[i]);
    }
    return new SrtpPair(
        profile,
        new SrtpSession(profile, keys[0], keys[1], keys[2], keys[3]),
        new SrtpSession(profile, keys[2], keys[3], keys[0], keys[1]));
  }

  byte[] protectRtp(byte[] packet) {
    byte[] buffer = Arrays.copyOf(packet, packet.length + profile.rtpOverheadBytes());
    assertThat(sender.protectRtp(buffer, 0, packet.length)).isEqualTo(buffer.length);
    return buffer;
  }

  byte[] unprotectRtp(byte[] packet) {
    byte[] buffer = packet.clone();
    int length = receiver.unprotectRtp(buffer, 0, buffer.length);
    assertThat(length).isPositive();
    return Arrays.copyOf(buffer, length);
  }

  byte[] throughRtp(byte[] packet) {
    return unprotectRtp(protectRtp(packet));
  }

  byte[] protectRtcp(byte[] packet) {
    byte[] buffer = Arrays.copyOf(packet, packet.length + profile.rtcpOverheadBytes());
    assertThat(sender.protectRtcp(buffer, 0, packet.length)).isEqualTo(buffer.length);
    return buffer;
  }

  byte[] throughRtcp(byte[] packet) {
    byte[] buffer = protectRtcp(packet);
    int length = receiver.unprotectRtcp(buffer, 0, buffer.length);
    assertThat(length).isPositive();
    return Arrays.copyOf(buffer, length);
  }

  static byte[] rtp(int sequence, int ssrc, int payload) {
    byte[] packet = new byte[12 + payload];
    new Random(sequence).nextBytes(packet);
    packet[0] = (byte) 0x80;
    packet[1] = 96;
    packet[2] = (byte) (sequence >>> 8);
    packet[3] = (byte) sequence;
    for (int i = 0; i < 4; i++) {
      packet[8 + i] = (byte) (ssrc >>> 24 - 8 * i);
    }
    return packet;
  }

  static byte[] rtcp(int ssrc, int length) {
    byte[] packet = new byte[length];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) 200;
    packet[3] = (byte) (length / 4 - 1);
    for (int i = 0; i < 4; i++) {
      packet[4 + i] = (byte) (ssrc >>> 24 - 8 * i);
    }
    return packet;
  }

  static int ssrc(byte[] packet, int at) {
    int ssrc = 0;
    for (int i = 0; i < 4; i++) {
      ssrc = ssrc << 8 | packet[at + i] & 0xff;
    }
    return ssrc;
  }
}
