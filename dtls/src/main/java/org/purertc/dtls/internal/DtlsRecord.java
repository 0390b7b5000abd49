package org.purertc.dtls.internal;

/**
 * The outside of a record, RFC 6347 section 4.1: type, version, epoch, sequence number, length.
 *
 * <p>What is malformed here must not reach BouncyCastle, which ends the connection over some of it.
 */
public final class DtlsRecord {

  public static final int CHANGE_CIPHER_SPEC = 20;
  public static final int ALERT = 21;
  public static final int HANDSHAKE = 22;
  public static final int APPLICATION_DATA = 23;

  public static final int HEADER_BYTES = 13;

  /** RFC 5246 section 6.2.1: a record carries at most 2^14 bytes. */
  public static final int MAX_PLAINTEXT_BYTES = 1 << 14;

  /** RFC 5246 section 6.2.3: the length of a ciphertext must not exceed 2^14 + 2048. */
  public static final int MAX_BYTES = HEADER_BYTES + MAX_PLAINTEXT_BYTES + 2048;

  /** RFC 5288 section 3: explicit nonce of 8 bytes and tag of 16. */
  private static final int GCM_EXPANSION_BYTES = 24;

  /** RFC 6347 section 4.2.2. */
  private static final int HANDSHAKE_HEADER_BYTES = 12;

  /**
   * Longest handshake message that is put together from fragments; its length comes from whoever
   * sends, before anything is authenticated. A chain of RSA certificates is far shorter.
   */
  private static final int MAX_HANDSHAKE_MESSAGE_BYTES = 32_768;

  private DtlsRecord() {}

  /** Length of the record that begins at {@code at}, with its header; 0 when it is not usable. */
  public static int length(byte[] buffer, int at, int end) {
    if (end - at < HEADER_BYTES) {
      return 0;
    }
    int type = buffer[at] & 0xFF;
    // The version of a ClientHello's record is FEFF, that of all others FEFD.
    boolean versionKnown =
        (buffer[at + 1] & 0xFF) == 0xFE
            && ((buffer[at + 2] & 0xFF) == 0xFF || (buffer[at + 2] & 0xFF) == 0xFD);
    if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA || !versionKnown) {
      return 0;
    }
    int body = u16(buffer, at + 11);
    int total = HEADER_BYTES + body;
    if (body == 0 || total > MAX_BYTES || total > end - at) {
      return 0;
    }
    return total;
  }

  /** Whether the inside of a whole record may be looked at by the protocol. */
  public static boolean isPlausible(byte[] buffer, int at, int length) {
    if (epoch(buffer, at) > 0) {
      return length - HEADER_BYTES >= GCM_EXPANSION_BYTES;
    }
    return type(buffer, at) != HANDSHAKE || fragmentsFit(buffer, at + HEADER_BYTES, at + length);
  }

  private static boolean fragmentsFit(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end) {
      if (end - at < HANDSHAKE_HEADER_BYTES) {
        return false;
      }
      int message = u24(buffer, at + 1);
      int offset = u24(buffer, at + 6);
      int fragment = u24(buffer, at + 9);
      if (message > MAX_HANDSHAKE_MESSAGE_BYTES
          || offset + fragment > message
          || fragment > end - at - HANDSHAKE_HEADER_BYTES) {
        return false;
      }
      at += HANDSHAKE_HEADER_BYTES + fragment;
    }
    return true;
  }

  public static int type(byte[] buffer, int at) {
    return buffer[at] & 0xFF;
  }

  public static int epoch(byte[] buffer, int at) {
    return u16(buffer, at + 3);
  }

  private static int u16(byte[] buffer, int at) {
    return (buffer[at] & 0xFF) << 8 | buffer[at + 1] & 0xFF;
  }

  private static int u24(byte[] buffer, int at) {
    return (buffer[at] & 0xFF) << 16 | u16(buffer, at + 1);
  }
}
