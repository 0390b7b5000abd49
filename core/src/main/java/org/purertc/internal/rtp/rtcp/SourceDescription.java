package org.purertc.internal.rtp.rtcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** SDES, RFC 3550 section 6.5. Items that are not kept here are skipped. */
public record SourceDescription(List<Chunk> chunks) implements RtcpPacket {
  private static final int END = 0;
  private static final int CNAME = 1;

  /** RFC 9143 section 15.1. */
  private static final int MID = 15;

  private static final int MAX_CHUNKS = 31;
  private static final int MAX_ITEM_BYTES = 255;

  public SourceDescription {
    if (chunks.size() > MAX_CHUNKS) {
      throw new IllegalArgumentException(chunks.size() + " chunks");
    }
    chunks = List.copyOf(chunks);
  }

  /**
   * What is said of one source.
   *
   * @param cname empty when not said
   * @param mid empty when not said
   */
  public record Chunk(long ssrc, String cname, String mid) {

    public Chunk {
      requireShort(cname);
      requireShort(mid);
    }

    private static void requireShort(String text) {
      if (text.getBytes(StandardCharsets.UTF_8).length > MAX_ITEM_BYTES) {
        throw new IllegalArgumentException("an SDES item has 255 bytes at most: " + text);
      }
    }

    private static Chunk parse(ByteReader in) throws MalformedPacketException {
      int start = in.position();
      long ssrc = in.u32();
      String cname = "";
      String mid = "";
      int type = in.u8();
      while (type != END) {
        int length = in.u8();
        switch (type) {
          case CNAME -> cname = text(in, length);
          case MID -> mid = text(in, length);
          default -> in.skip(length);
        }
        type = in.u8();
      }
      // RFC 3550 section 6.5: the list of items ends with null octets up to the next boundary.
      in.skip(-(in.position() - start) & 3);
      return new Chunk(ssrc, cname, mid);
    }

    /** Bytes that are no UTF-8 would grow when decoded. */
    private static String text(ByteReader in, int length) throws MalformedPacketException {
      String text = in.utf8(length);
      if (text.getBytes(StandardCharsets.UTF_8).length > MAX_ITEM_BYTES) {
        throw new MalformedPacketException("an SDES item that is no UTF-8");
      }
      return text;
    }

    private int bytes() {
      return (4 + itemBytes(cname) + itemBytes(mid) + 1 + 3) & ~3;
    }

    private static int itemBytes(String text) {
      return text.isEmpty() ? 0 : 2 + text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void write(ByteWriter out) {
      int start = out.length();
      out.u32(ssrc);
      writeItem(out, CNAME, cname);
      writeItem(out, MID, mid);
      out.zeros(bytes() - (out.length() - start));
    }

    private static void writeItem(ByteWriter out, int type, String text) {
      if (!text.isEmpty()) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.u8(type).u8(bytes.length).bytes(bytes);
      }
    }
  }

  static SourceDescription parse(ByteReader in, int count) throws MalformedPacketException {
    List<Chunk> chunks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chunks.add(Chunk.parse(in));
    }
    return new SourceDescription(chunks);
  }

  @Override
  public int bytes() {
    int bytes = RtcpType.HEADER_BYTES;
    for (Chunk chunk : chunks) {
      bytes += chunk.bytes();
    }
    return bytes;
  }

  @Override
  public void write(ByteWriter out) {
    RtcpType.writeHeader(out, chunks.size(), RtcpType.SOURCE_DESCRIPTION, bytes());
    chunks.forEach(chunk -> chunk.write(out));
  }
}
