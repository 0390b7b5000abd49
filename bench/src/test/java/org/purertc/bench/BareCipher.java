package org.purertc.bench;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The JDK's ciphers alone, set up anew for each packet as SRTP must: what there is to reach. */
abstract class BareCipher {
  static final int HEADER_BYTES = 12;

  private final byte[] iv;
  final SecretKeySpec key;

  private BareCipher(byte[] key, int ivBytes) {
    this.key = new SecretKeySpec(key, "AES");
    this.iv = new byte[ivBytes];
  }

  static BareCipher gcm(byte[] key) throws GeneralSecurityException {
    return new Gcm(key);
  }

  static BareCipher counterModeAndHmac(byte[] key) throws GeneralSecurityException {
    return new CounterModeAndHmac(key);
  }

  /** Encrypts what follows the header and appends a tag; returns the new length. */
  abstract int seal(byte[] buffer, int length, int number) throws GeneralSecurityException;

  /** Checks the tag of {@code packet} and decrypts it to {@code buffer}; returns its length. */
  abstract int open(byte[] packet, byte[] buffer, int number) throws GeneralSecurityException;

  byte[] iv(int number) {
    iv[8] = (byte) (number >>> 24);
    iv[9] = (byte) (number >>> 16);
    iv[10] = (byte) (number >>> 8);
    iv[11] = (byte) number;
    return iv;
  }

  private static final class Gcm extends BareCipher {
    private static final int TAG_BITS = 128;

    private final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");

    Gcm(byte[] key) throws GeneralSecurityException {
      super(key, 12);
    }

    @Override
    int seal(byte[] buffer, int length, int number) throws GeneralSecurityException {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv(number)));
      cipher.updateAAD(buffer, 0, HEADER_BYTES);
      int text = length - HEADER_BYTES;
      return HEADER_BYTES + cipher.doFinal(buffer, HEADER_BYTES, text, buffer, HEADER_BYTES);
    }

    @Override
    int open(byte[] packet, byte[] buffer, int number) throws GeneralSecurityException {
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv(number)));
      cipher.updateAAD(packet, 0, HEADER_BYTES);
      int sealed = packet.length - HEADER_BYTES;
      return HEADER_BYTES + cipher.doFinal(packet, HEADER_BYTES, sealed, buffer, HEADER_BYTES);
    }
  }

  private static final class CounterModeAndHmac extends BareCipher {
    private static final int TAG_BYTES = 10;

    private final Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding", "SunJCE");
    private final Mac mac = Mac.getInstance("HmacSHA1", "SunJCE");

    CounterModeAndHmac(byte[] key) throws GeneralSecurityException {
      super(key, 16);
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
    }

    @Override
    int seal(byte[] buffer, int length, int number) throws GeneralSecurityException {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv(number)));
      cipher.doFinal(buffer, HEADER_BYTES, length - HEADER_BYTES, buffer, HEADER_BYTES);
      mac.update(buffer, 0, length);
      System.arraycopy(mac.doFinal(), 0, buffer, length, TAG_BYTES);
      return length + TAG_BYTES;
    }

    @Override
    int open(byte[] packet, byte[] buffer, int number) throws GeneralSecurityException {
      int length = packet.length - TAG_BYTES;
      mac.update(packet, 0, length);
      byte[] tag = mac.doFinal();
      if (!Arrays.equals(tag, 0, TAG_BYTES, packet, length, packet.length)) {
        throw new AEADBadTagException("packet " + number);
      }
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(iv(number)));
      cipher.doFinal(packet, HEADER_BYTES, length - HEADER_BYTES, buffer, HEADER_BYTES);
      return length;
    }
  }
}
