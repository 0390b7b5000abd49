package org.purertc.dtls.internal;

import org.jspecify.annotations.Nullable;

/** What a {@link Handshake} asks and tells, on the thread that it borrowed. */
public interface HandshakeObserver {

  /**
   * Why the peer's certificate (DER) must be refused; null when it matches or when nothing is known
   * yet to compare it with.
   */
  @Nullable String rejection(byte[] certificate);

  /** A datagram to send; it is the observer's to keep. */
  void send(byte[] datagram);

  void completed(Connection connection, Agreement agreement);

  void failed(String reason);

  /** The threads were closed under the handshake. */
  void closed();
}
