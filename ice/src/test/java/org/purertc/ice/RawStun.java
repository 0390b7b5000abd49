package org.purertc.ice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** STUN messages byte by byte, with attributes that our own codec never writes. */
final class RawStun {

  static final int USERNAME = 0x0006;
  static final int PRIORITY = 0x0024;
  static final int USE_CANDIDATE = 0x0025;
  static final int ICE_CONTROLLING = 0x802a;

  private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();
  private final int type;

  RawStun(int type) {
    this.type = type;
  }

  RawStun attribute(int attribute, byte[] value) {
    attributes.writeBytes(
        ByteBuffer.allocate(4).putShort((short) attribute).putShort((short) value.length).array());
    attributes.writeBytes(value);
    attributes.writeBytes(new byte[(4 - value.length % 4) % 4]);
    return this;
  }

  RawStun username(String name) {
    return attribute(USERNAME, name.getBytes(UTF_8));
  }

  RawStun priority(int priority) {
    return attribute(PRIORITY, ByteBuffer.allocate(4).putInt(priority).array());
  }

  RawStun controlling(long tieBreaker) {
    return attribute(ICE_CONTROLLING, ByteBuffer.allocate(8).putLong(tieBreaker).array());
  }

  /** The message as it is, without MESSAGE-INTEGRITY. */
  byte[] plain() {
    return message(attributes.size());
  }

  /** The message with MESSAGE-INTEGRITY as last attribute. */
  byte[] signed(String password) {
    byte[] covered = message(attributes.size() + 24);
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(UTF_8), "HmacSHA1"));
      attribute(0x0008, mac.doFinal(covered));
      return plain();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] message(int length) {
    byte[] body = attributes.toByteArray();
    return ByteBuffer.allocate(20 + body.length)
        .putShort((short) type)
        .putShort((short) length)
        .putInt(0x2112A442)
        .put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
        .put(body)
        .array();
  }
}
