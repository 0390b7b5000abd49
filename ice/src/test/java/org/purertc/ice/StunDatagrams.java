package org.purertc.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** STUN messages as far as a port reads them. */
final class StunDatagrams {

  static final int REQUEST = 0x0001;
  static final int INDICATION = 0x0011;
  static final int SUCCESS = 0x0101;
  static final int ERROR = 0x0111;

  private static final int USERNAME = 0x0006;
  private static final int SOFTWARE = 0x8022;

  private StunDatagrams() {}

  /** With SOFTWARE (padded) before the username. */
  static byte[] stun(int type, String username, long transaction) {
    byte[] name = username.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(200);
    out.putShort((short) type).putShort((short) 0).putInt(0x2112A442);
    out.putLong(transaction).putInt(0);
    out.putShort((short) SOFTWARE).putShort((short) 5).put(new byte[8]);
    out.putShort((short) USERNAME).putShort((short) name.length).put(name);
    byte[] bytes = new byte[(out.position() + 3) & ~3];
    out.flip().get(bytes, 0, out.limit());
    return bytes;
  }

  static byte[] request(String username) {
    return stun(REQUEST, username, 0);
  }
}
