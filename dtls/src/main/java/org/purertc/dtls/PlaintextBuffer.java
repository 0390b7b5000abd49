package org.purertc.dtls;

import org.jspecify.annotations.Nullable;
import org.purertc.dtls.internal.DtlsRecord;

/** One buffer per loop thread for decrypted records, instead of one per transport. */
final class PlaintextBuffer {

  private static final ThreadLocal<byte @Nullable []> FREE = new ThreadLocal<>();

  private PlaintextBuffer() {}

  /** A callback may receive from another transport meanwhile: then the thread gets a second. */
  static byte[] take() {
    byte[] free = FREE.get();
    if (free == null) {
      return new byte[DtlsRecord.MAX_PLAINTEXT_BYTES];
    }
    FREE.set(null);
    return free;
  }

  static void give(byte[] buffer) {
    FREE.set(buffer);
  }
}
