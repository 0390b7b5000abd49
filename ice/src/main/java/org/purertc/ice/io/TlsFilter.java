package org.purertc.ice.io;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A TLS engine between two streams of bytes: no socket, no thread, no clock. */
final class TlsFilter {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Takes bytes; returns false when the sender should stop producing. */
  @FunctionalInterface
  interface Sink {
    boolean accept(byte[] buffer, int offset, int length);
  }

  private final SSLEngine engine;
  private ByteBuffer incoming = ByteBuffer.allocate(0);
  private final ByteBuffer outgoing;
  private final ByteBuffer plain;
  private boolean begun;
  private boolean slowStepRuns;
  private boolean ended;

  TlsFilter(SSLEngine engine) {
    this.engine = engine;
    outgoing = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
  }

  void begin() throws SSLException {
    begun = true;
    engine.beginHandshake();
  }

  /** Whether the handshake is over and application data flows. */
  boolean isConnected() {
    return begun
        && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && engine.getSession().isValid()
        && !engine.getSession().getCipherSuite().endsWith("_NULL_NULL");
  }

  /** Whether the remote side said that it sends no more. */
  boolean isEnded() {
    return ended;
  }

  /** What a message of usual size grows by: headers and tags of its records. */
  int maxOverheadBytes() {
    return engine.getSession().getPacketBufferSize()
        - engine.getSession().getApplicationBufferSize()
        + 1024;
  }

  /** How many encrypted bytes wait for {@link #progress}. */
  int waitingBytes() {
    return incoming.position();
  }

  /** Keeps encrypted bytes for {@link #progress}. */
  void receive(byte[] buffer, int offset, int length) {
    if (incoming.remaining() < length) {
      incoming.flip();
      incoming = ByteBuffer.allocate(incoming.remaining() + length).put(incoming);
    }
    incoming.put(buffer, offset, length);
  }

  /**
   * Goes on as far as it can: handshakes, decrypts.
   *
   * @return a slow step to run on any thread, and then {@link #slowStepDone}; null when there is
   *     none
   */
  @Nullable Runnable progress(Sink encrypted, Sink decrypted) throws SSLException {
    if (slowStepRuns) {
      return null;
    }
    boolean more = begun;
    while (more) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        slowStepRuns = true;
        return engine.getDelegatedTask();
      }
      more = status == HandshakeStatus.NEED_WRAP ? wrapHandshake(encrypted) : unwrap(decrypted);
    }
    return null;
  }

  /** The slow step has run; on the loop again. */
  void slowStepDone() {
    slowStepRuns = false;
  }

  private boolean wrapHandshake(Sink encrypted) throws SSLException {
    outgoing.clear();
    SSLEngineResult result = engine.wrap(NOTHING, outgoing);
    encrypted.accept(outgoing.array(), 0, outgoing.position());
    return result.getStatus() == Status.OK;
  }

  /** Returns whether there may be more to do. */
  private boolean unwrap(Sink decrypted) throws SSLException {
    incoming.flip();
    plain.clear();
    SSLEngineResult result = engine.unwrap(incoming, plain);
    incoming.compact();
    if (plain.position() > 0) {
      decrypted.accept(plain.array(), 0, plain.position());
    }
    ended |= result.getStatus() == Status.CLOSED;
    boolean progressed = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
    return result.getStatus() == Status.OK && progressed;
  }

  /** Encrypts application data; returns what the sink said last. */
  boolean wrap(byte[] buffer, int offset, int length, Sink encrypted) throws SSLException {
    ByteBuffer from = ByteBuffer.wrap(buffer, offset, length);
    boolean more = true;
    while (from.hasRemaining()) {
      outgoing.clear();
      SSLEngineResult result = engine.wrap(from, outgoing);
      if (result.getStatus() != Status.OK) {
        throw new SSLException("the engine encrypts no more: " + result.getStatus());
      }
      more = encrypted.accept(outgoing.array(), 0, outgoing.position());
    }
    return more;
  }

  /** Says close_notify, best-effort. */
  void close(Sink encrypted) {
    if (slowStepRuns) {
      return;
    }
    engine.closeOutbound();
    try {
      while (begun && !engine.isOutboundDone() && wrapHandshake(encrypted)) {
        ended = true;
      }
    } catch (SSLException e) {
      ended = true; // it is over either way
    }
  }
}
