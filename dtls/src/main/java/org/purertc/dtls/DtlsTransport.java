package org.purertc.dtls;

import java.util.List;

/** One DTLS association over datagrams. Loop thread only; never blocks. */
public interface DtlsTransport {

  /** Most bytes that a record adds to application data: header 13, nonce 8, tag 16. */
  int RECORD_OVERHEAD = 37;

  /** Starts the handshake. Records that came before are kept (bounded) and used. */
  void start(DtlsRole role, long nowNs);

  /**
   * The fingerprints of which the peer's certificate must match one, RFC 8122 section 5. May come
   * after the handshake began: until then no data is delivered or sent and no key handed out.
   */
  void setRemoteFingerprints(List<Fingerprint> expected);

  /**
   * A hint, before {@link #start}: the round trip that ICE measured. The first retransmission waits
   * for three of them, 50 ms to 1 s; without the hint 1 s.
   */
  default void handshakeRoundTrip(long rttNs) {}

  void receive(byte[] buffer, int offset, int length, long nowNs);

  /**
   * Encrypts 1 to 16,384 bytes of application data into one record and hands it to the sink; before
   * {@link DtlsListener#onConnected} an {@link IllegalStateException}, after the end without
   * effect.
   */
  void send(byte[] buffer, int offset, int length);

  DtlsState state();

  /** Sends close_notify when connected, ends a running handshake; no event comes after it. */
  void close();
}
