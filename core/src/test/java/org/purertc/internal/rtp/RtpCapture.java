package org.purertc.internal.rtp;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
