package org.purertc.dtls;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A capture file of datagrams that went over memory, as if from 127.0.0.1:PORT to itself. */
final class Pcap {

  static final int CLIENT_PORT = 40_001;
  static final int SERVER_PORT = 14_433;

  private static final int LINKTYPE_RAW_IP = 101;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private int packets;

  Pcap() {
    try {
      out.writeInt(0xA1B2C3D4);
      out.writeShort(2);
      out.writeShort(4);
      out.writeLong(0);
      out.writeInt(65_535);
      out.writeInt(LINKTYPE_RAW_IP);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes what passes and passes it on. */
  DatagramSink tap(DatagramSink next, int from, int to) {
    return (buffer, offset, length) -> {
      write(buffer, offset, length, from, to);
      next.send(buffer, offset, length);
    };
  }

  private void write(byte[] buffer, int offset, int length, int from, int to) {
    try {
      int total = 28 + length;
      out.writeInt(1_700_000_000);
      out.writeInt(packets++);
      out.writeInt(total);
      out.writeInt(total);
      out.writeShort(0x4500);
      out.writeShort(total);
      out.writeInt(0);
      out.writeShort(0x4011); // time to live 64, UDP
      out.writeShort(0);
      out.writeInt(0x7F000001);
      out.writeInt(0x7F000001);
      out.writeShort(from);
      out.writeShort(to);
      out.writeShort(8 + length);
      out.writeShort(0);
      out.write(buffer, offset, length);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void save(Path path) throws IOException {
    Files.write(path, bytes.toByteArray());
  }
}
