package org.purertc.ice.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** STUN messages byte by byte, independent of the product's codec, for the server double. */
final class RawServerMessage {

  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int CHANNEL_NUMBER = 0x000C;
  static final int LIFETIME = 0x000D;
  static final int XOR_PEER_ADDRESS = 0x0012;
  static final int DATA = 0x0013;
  static final int REALM = 0x0014;
  static final int NONCE = 0x0015;
  static final int XOR_RELAYED_ADDRESS = 0x0016;
  static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
  static final int REQUESTED_TRANSPORT = 0x0019;
  static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
  static final int PASSWORD_ALGORITHM = 0x001D;
  static final int XOR_MAPPED_ADDRESS = 0x0020;
  static final int PASSWORD_ALGORITHMS = 0x8002;
  static final int ALTERNATE_SERVER = 0x8023;
  static final int FINGERPRINT = 0x8028;

  private static final int COOKIE = 0x2112A442;

  final int type;
  final byte[] id;
  private final Map<Integer, byte[]> attributes = new LinkedHashMap<>();
  private byte[] bytes = {};
  private int integrityAt = -1;

  RawServerMessage(int type, byte[] id) {
    this.type = type;
    this.id = id;
  }

  static RawServerMessage parse(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    int type = in.getShort();
    in.position(8);
    byte[] id = new byte[12];
    in.get(id);
    RawServerMessage parsed = new RawServerMessage(type, id);
    parsed.bytes = message;
    while (in.remaining() >= 4) {
      int at = in.position();
      int attribute = in.getShort() & 0xffff;
      byte[] value = new byte[in.getShort()];
      in.get(value);
      in.position(Math.min(in.limit(), in.position() + (4 - value.length % 4) % 4));
      parsed.attributes.put(attribute, value);
      if (attribute == MESSAGE_INTEGRITY || attribute == MESSAGE_INTEGRITY_SHA256) {
        parsed.integrityAt = at;
      }
    }
    return parsed;
  }

  boolean has(int attribute) {
    return attributes.containsKey(attribute);
  }

  byte[] value(int attribute) {
    return attributes.getOrDefault(attribute, new byte[0]);
  }

  String text(int attribute) {
    return new String(value(attribute), UTF_8);
  }

  int number(int attribute, int otherwise) {
    return has(attribute) ? ByteBuffer.wrap(value(attribute)).getInt() : otherwise;
  }

  RawServerMessage with(int attribute, byte[] value) {
    attributes.put(attribute, value);
    return this;
  }

  RawServerMessage with(int attribute, String value) {
    return with(attribute, value.getBytes(UTF_8));
  }

  RawServerMessage with(int attribute, int value) {
    return with(attribute, ByteBuffer.allocate(4).putInt(value).array());
  }

  RawServerMessage error(int code, String reason) {
    byte[] words = reason.getBytes(UTF_8);
    return with(
        ERROR_CODE,
        ByteBuffer.allocate(4 + words.length)
            .putInt(code / 100 << 8 | code % 100)
            .put(words)
            .array());
  }

  RawServerMessage plainAddress(int attribute, InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    return with(
        attribute,
        ByteBuffer.allocate(4 + ip.length)
            .putShort((short) (ip.length == 4 ? 1 : 2))
            .putShort((short) address.getPort())
            .put(ip)
            .array());
  }

  RawServerMessage address(int attribute, InetSocketAddress address) {
    byte[] ip = xor(address.getAddress().getAddress());
    return with(
        attribute,
        ByteBuffer.allocate(4 + ip.length)
            .putShort((short) (address.getAddress() instanceof Inet4Address ? 1 : 2))
            .putShort((short) (address.getPort() ^ COOKIE >>> 16))
            .put(ip)
            .array());
  }

  InetSocketAddress address(int attribute) {
    ByteBuffer in = ByteBuffer.wrap(value(attribute));
    in.getShort();
    int port = (in.getShort() ^ COOKIE >>> 16) & 0xffff;
    byte[] ip = new byte[in.remaining()];
    in.get(ip);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(xor(ip)), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] xor(byte[] ip) {
    byte[] pad = ByteBuffer.allocate(16).putInt(COOKIE).put(id).array();
    byte[] result = ip.clone();
    for (int i = 0; i < ip.length; i++) {
      result[i] ^= pad[i];
    }
    return result;
  }

  /** Whether the integrity attribute was made with the key. */
  boolean isSignedWith(byte[] key) {
    if (integrityAt < 0) {
      return false;
    }
    boolean sha256 = has(MESSAGE_INTEGRITY_SHA256);
    byte[] covered = Arrays.copyOf(bytes, integrityAt);
    byte[] expected = hmac(covered, sha256, key);
    return Arrays.equals(expected, value(sha256 ? MESSAGE_INTEGRITY_SHA256 : MESSAGE_INTEGRITY));
  }

  private static byte[] hmac(byte[] covered, boolean sha256, byte[] key) {
    ByteBuffer.wrap(covered).putShort(2, (short) (covered.length - 20 + (sha256 ? 36 : 24)));
    try {
      String algorithm = sha256 ? "HmacSHA256" : "HmacSHA1";
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(covered);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] key(String algorithm, String user, String realm, String password) {
    try {
      return MessageDigest.getInstance(algorithm)
          .digest((user + ":" + realm + ":" + password).getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The message, signed when there is a key. */
  byte[] encode(byte @Nullable [] key, boolean sha256) {
    byte[] plain = encode();
    if (key == null) {
      return plain;
    }
    return with(sha256 ? MESSAGE_INTEGRITY_SHA256 : MESSAGE_INTEGRITY, hmac(plain, sha256, key))
        .encode();
  }

  private byte[] encode() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    attributes.forEach(
        (attribute, value) -> {
          body.writeBytes(
              ByteBuffer.allocate(4)
                  .putShort((short) (int) attribute)
                  .putShort((short) value.length)
                  .array());
          body.writeBytes(value);
          body.writeBytes(new byte[(4 - value.length % 4) % 4]);
        });
    return ByteBuffer.allocate(20 + body.size())
        .putShort((short) type)
        .putShort((short) body.size())
        .putInt(COOKIE)
        .put(id)
        .put(body.toByteArray())
        .array();
  }
}
