package org.purertc.srtp.internal;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jitsi.srtp.crypto.Aes;

/** AES in counter mode with an HMAC-SHA1 of 80 bits, RFC 3711 sections 4.1.1 and 4.2.1. */
final class CounterModeTransform implements PacketTransform {
  private static final int TAG_BYTES = 10;
  private static final int IV_BYTES = 16;
  private static final int SSRC_AT = 4;
  private static final int INDEX_AT = 8;

  private final PacketKind kind;
  private final Cipher cipher = Aes.createCipher("AES/CTR/NoPadding");
  private final Mac mac;
  private final SecretKeySpec key;
  private final InitialVector initialVector;
  private final byte[] word = new byte[4];
  private final byte[] tag;

  CounterModeTransform(
      PacketKind kind, SecretKeySpec key, byte[] salt, SecretKeySpec authenticationKey)
      throws GeneralSecurityException {
    this.kind = kind;
    this.key = key;
    this.initialVector = new InitialVector(salt, IV_BYTES, SSRC_AT, INDEX_AT);
    // From the JDK itself, like the ciphers: other providers may be native.
    mac = Mac.getInstance("HmacSHA1", "SunJCE");
    mac.init(authenticationKey);
    tag = new byte[mac.getMacLength()];
  }

  @Override
  public int overheadBytes() {
    return kind.trailerBytes + TAG_BYTES;
  }

  @Override
  public int srtcpIndex(Packet packet) {
    return packet.wordBefore(TAG_BYTES);
  }

  @Override
  public void protect(Packet packet) throws GeneralSecurityException {
    applyKeystream(packet);
    authenticate(packet);
    int end = packet.offset + packet.length;
    System.arraycopy(word, 0, packet.buffer, end, kind.trailerBytes);
    System.arraycopy(tag, 0, packet.buffer, end + kind.trailerBytes, TAG_BYTES);
    packet.length += kind.trailerBytes + TAG_BYTES;
  }

  @Override
  public boolean unprotect(Packet packet) throws GeneralSecurityException {
    int received = packet.length;
    packet.length -= kind.trailerBytes + TAG_BYTES;
    authenticate(packet);
    int tagAt = packet.offset + received - TAG_BYTES;
    if (!Bytes.sameInConstantTime(packet.buffer, tagAt, tag, 0, TAG_BYTES)) {
      packet.length = received;
      return false;
    }
    applyKeystream(packet);
    return true;
  }

  private void applyKeystream(Packet packet) throws GeneralSecurityException {
    byte[] iv = initialVector.of(packet.ssrc, packet.index);
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
    int textAt = packet.offset + packet.headerBytes;
    int textBytes = packet.length - packet.headerBytes;
    byte[] out = packet.scratch();
    // Not in place: the JDK would copy what it reads to a new array.
    int bytes = cipher.doFinal(packet.buffer, textAt, textBytes, out, 0);
    System.arraycopy(out, 0, packet.buffer, textAt, bytes);
  }

  /** Leaves the authentication tag and the word that is authenticated behind the packet. */
  private void authenticate(Packet packet) throws GeneralSecurityException {
    int last =
        kind == PacketKind.RTCP ? SRTCP_E_BIT | (int) packet.index : packet.rolloverCounter();
    Bytes.putI32(word, 0, last);
    mac.update(packet.buffer, packet.offset, packet.length);
    mac.update(word);
    mac.doFinal(tag, 0);
  }
}
