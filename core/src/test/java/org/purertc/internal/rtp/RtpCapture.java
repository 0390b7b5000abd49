package org.purertc.internal.rtp;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Packets that browsers sent, as they were before SRTP; the files and their format are described in
 * rtp/README.md beside them.
 */
public final class RtpCapture {
  /** Video of one codec in one layer, without retransmissions. */
  public static final List<String> VIDEO =
      List.of(
          "chromium-av1",
          "chromium-h264",
          "chromium-h264-mode0",
          "chromium-vp8",
          "chromium-vp9",
          "firefox-av1",
          "firefox-vp8",
          "firefox-vp9");

  /** Audio of one codec. */
  public static final List<String> AUDIO =
      List.of(
          "chromium-g722",
          "chromium-opus",
          "chromium-pcma",
          "chromium-pcmu",
          "firefox-g722",
          "firefox-opus",
          "firefox-pcmu");

  /** RTCP, not RTP. */
  public static final List<String> RTCP =
      List.of(
          "rtcp-chromium",
          "rtcp-chromium-audio",
          "rtcp-chromium-remb",
          "rtcp-firefox",
          "rtcp-firefox-audio",
          "rtcp-firefox-remb");

  private RtpCapture() {}

  /** A packet and when it came; the first of a file comes at 0. */
  public record Packet(long arrivalNs, byte[] bytes) {
    /** The payload type of an RTP packet, or the packet type modulo 128 of an RTCP packet. */
    public int payloadType() {
      return bytes[1] & 0x7f;
    }

    /** The marker bit of an RTP packet. */
    public boolean marker() {
      return (bytes[1] & 0x80) != 0;
    }

    /** The 16-bit sequence number of an RTP packet. */
    public int sequence() {
      return int32(0) & 0xffff;
    }

    /** The 32-bit timestamp of an RTP packet. */
    public int timestamp() {
      return int32(4);
    }

    public int ssrc() {
      return int32(8);
    }

    /** What an RTP packet carries, without padding; RFC 3550 section 5.1 and section 5.3.1. */
    public byte[] payload() {
      int begin = 12 + 4 * (bytes[0] & 0x0f);
      if ((bytes[0] & 0x10) != 0) {
        begin += 4 + 4 * (int32(begin) & 0xffff);
      }
      int padding = (bytes[0] & 0x20) != 0 ? bytes[bytes.length - 1] & 0xff : 0;
      return Arrays.copyOfRange(bytes, begin, bytes.length - padding);
    }

    private int int32(int at) {
      return (bytes[at] & 0xff) << 24
          | (bytes[at + 1] & 0xff) << 16
          | (bytes[at + 2] & 0xff) << 8
          | bytes[at + 3] & 0xff;
    }
  }

  /** The packets of a file, in the order of their arrival. */
  public static List<Packet> read(String name) {
    List<Packet> packets = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(open(name + ".rtpdump"))) {
      while (in.available() > 0) {
        long arrivalNs = in.readLong() * 1000;
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        packets.add(new Packet(arrivalNs, bytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packets;
  }

  /** The answer under which the browser sent: payload types, header extension ids, RTP streams. */
  public static String answer(String name) {
    try (InputStream in = open(name + ".sdp")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String file) {
    return Objects.requireNonNull(RtpCapture.class.getResourceAsStream("/rtp/" + file), file);
  }
}
