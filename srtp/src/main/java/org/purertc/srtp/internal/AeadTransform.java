package org.purertc.srtp.internal;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jitsi.srtp.crypto.Aes;

/** AES-GCM, RFC 7714. */
final class AeadTransform implements PacketTransform {
  private static final int TAG_BYTES = 16;
  private static final int IV_BYTES = 12;
  private static final int SSRC_AT = 2;
  private static final int INDEX_AT = 6;

  private final PacketKind kind;
  private final Cipher cipher = Aes.createCipher("AES/GCM/NoPadding");
  private final SecretKeySpec key;
  private final InitialVector initialVector;
  private final byte[] trailer = new byte[4];

  AeadTransform(PacketKind kind, SecretKeySpec key, byte[] salt) {
    this.kind = kind;
    this.key = key;
    this.initialVector = new InitialVector(salt, IV_BYTES, SSRC_AT, INDEX_AT);
  }

  @Override
  public int overheadBytes() {
    return TAG_BYTES + kind.trailerBytes;
  }

  @Override
  public int srtcpIndex(Packet packet) {
    return packet.wordBefore(0);
  }

  @Override
  public void protect(Packet packet) throws GeneralSecurityException {
    start(Cipher.ENCRYPT_MODE, packet);
    int textAt = packet.offset + packet.headerBytes;
    int textBytes = packet.length - packet.headerBytes;
    cipher.doFinal(packet.buffer, textAt, textBytes, packet.buffer, textAt);
    packet.length += TAG_BYTES;
    if (kind == PacketKind.RTCP) {
      // RFC 7714 section 9.1: the index stands behind the tag.
      System.arraycopy(trailer, 0, packet.buffer, packet.offset + packet.length, trailer.length);
      packet.length += trailer.length;
    }
  }

  @Override
  public boolean unprotect(Packet packet) throws GeneralSecurityException {
    start(Cipher.DECRYPT_MODE, packet);
    int textAt = packet.offset + packet.headerBytes;
    int sealedBytes = packet.length - packet.headerBytes - kind.trailerBytes;
    byte[] opened = packet.scratch();
    try {
      // Not in place: the JDK clears what it wrote when the tag is wrong.
      int bytes = cipher.doFinal(packet.buffer, textAt, sealedBytes, opened, 0);
      System.arraycopy(opened, 0, packet.buffer, textAt, bytes);
      packet.length = packet.headerBytes + bytes;
      return true;
    } catch (AEADBadTagException e) {
      return false;
    }
  }

  private void start(int mode, Packet packet) throws GeneralSecurityException {
    byte[] iv = initialVector.of(packet.ssrc, packet.index);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
    cipher.updateAAD(packet.buffer, packet.offset, packet.headerBytes);
    if (kind == PacketKind.RTCP) {
      // RFC 7714 section 9.2: the E bit and the index are authenticated too.
      Bytes.putI32(trailer, 0, SRTCP_E_BIT | (int) packet.index);
      cipher.updateAAD(trailer, 0, trailer.length);
    }
  }
}
