package org.purertc.samples.doctor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** As much of STUN as asking for an address takes (RFC 8489), with what RFC 5780 adds. */
final class StunMessages {
  /** RFC 5780 section 7.2: the answer comes from another port. */
  static final int CHANGE_PORT = 0x2;

  /** RFC 5780 section 7.2: the answer comes from another address. */
  static final int CHANGE_ADDRESS = 0x4;

  static final int TRANSACTION_ID_BYTES = 12;

  private static final int HEADER_BYTES = 20;
  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int MAGIC_COOKIE = 0x2112A442;
  private static final int CHANGE_REQUEST = 0x0003;
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int OTHER_ADDRESS = 0x802C;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;

  /**
   * What a server said.
   *
   * @param mapped where the request came from, as the server sees it
   * @param other the server's other address and port, RFC 5780; null when it has none
   */
  record Answer(InetSocketAddress mapped, @Nullable InetSocketAddress other) {}

  private StunMessages() {}

  /**
   * A binding request.
   *
   * @param change where the answer shall come from; 0 for where the request goes to
   */
  static byte[] request(byte[] transactionId, int change) {
    int bodyBytes = change == 0 ? 0 : 8;
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + bodyBytes);
    out.putShort((short) BINDING_REQUEST).putShort((short) bodyBytes).putInt(MAGIC_COOKIE);
    out.put(transactionId);
    if (change != 0) {
      out.putShort((short) CHANGE_REQUEST).putShort((short) 4).putInt(change);
    }
    return out.array();
  }

  /** The answer to the request of that id; null for anything else, whatever it is. */
  static @Nullable Answer answer(ByteBuffer in, byte[] transactionId) {
    try {
      int type = in.getShort() & 0xffff;
      int bodyBytes = in.getShort() & 0xffff;
      int cookie = in.getInt();
      byte[] id = new byte[TRANSACTION_ID_BYTES];
      in.get(id);
      boolean isOurs =
          type == BINDING_SUCCESS
              && cookie == MAGIC_COOKIE
              && bodyBytes == in.remaining()
              && java.util.Arrays.equals(id, transactionId);
      return isOurs ? attributes(in, transactionId) : null;
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static @Nullable Answer attributes(ByteBuffer in, byte[] id) {
    InetSocketAddress mapped = null;
    InetSocketAddress other = null;
    while (in.remaining() >= 4) {
      int type = in.getShort() & 0xffff;
      int length = in.getShort() & 0xffff;
      // RFC 8489 section 14: attributes are padded to a multiple of four bytes.
      int next = in.position() + ((length + 3) & ~3);
      if (next > in.limit()) {
        return null;
      }
      ByteBuffer value = in.slice(in.position(), length);
      if (type == XOR_MAPPED_ADDRESS) {
        mapped = address(value, mask(id));
      } else if (type == OTHER_ADDRESS) {
        other = address(value, new byte[16]);
      }
      in.position(next);
    }
    return mapped == null ? null : new Answer(mapped, other);
  }

  /** RFC 8489 section 14.2: the cookie and the transaction id. */
  private static byte[] mask(byte[] id) {
    return ByteBuffer.allocate(16).putInt(MAGIC_COOKIE).put(id).array();
  }

  private static @Nullable InetSocketAddress address(ByteBuffer value, byte[] mask) {
    value.get();
    int family = value.get();
    int port = (value.getShort() & 0xffff) ^ ((mask[0] & 0xff) << 8 | (mask[1] & 0xff));
    if (family != IPV4 && family != IPV6) {
      return null;
    }
    byte[] bytes = new byte[family == IPV4 ? 4 : 16];
    value.get(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= mask[i];
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // never: 4 or 16 bytes
    }
  }
}
