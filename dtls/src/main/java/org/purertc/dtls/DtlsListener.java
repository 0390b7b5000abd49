package org.purertc.dtls;

/** What a {@link DtlsTransport} tells its owner, on the loop. */
public interface DtlsListener {

  /** The handshake ended and the peer's certificate matches a fingerprint. Once. */
  void onConnected(DtlsSession session, long nowNs);

  /** Decrypted application data; the buffer is valid during the call only. */
  void onData(byte[] buffer, int offset, int length, long nowNs);

  /** Handshake failed, fingerprint mismatch, time-out, fatal alert; nothing comes after it. */
  void onFailed(String reason);

  /** The peer sent close_notify; nothing comes after it. */
  void onClosed();
}
