package org.purertc.ice.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.purertc.ice.io.Network.StreamConnection;
import org.purertc.ice.io.Network.StreamReceiver;

/**
 * TLS over a stream connection: what goes in is encrypted, what comes out is decrypted. The slow
 * steps of the handshake run on an executor, never on the loop.
 */
public final class TlsConnection implements StreamConnection {

  /** While a slow step runs: more than any handshake, and the most that one read gives twice. */
  private static final int MAX_WAITING_BYTES = 256 * 1024;

  private final Loop loop;
  private final TlsFilter filter;
  private final StreamReceiver receiver;
  private final Executor slowSteps;
  private final StreamConnection stream;
  private boolean connected;
  private boolean closed;

  private TlsConnection(
      Loop loop, TlsFilter filter, Executor slowSteps, StreamReceiver receiver, Opener opener)
      throws IOException {
    this.loop = loop;
    this.filter = filter;
    this.slowSteps = slowSteps;
    this.receiver = receiver;
    stream = opener.open(new Encrypted());
  }

  /** Opens the connection below, for the receiver of its bytes. */
  @FunctionalInterface
  public interface Opener {
    StreamConnection open(StreamReceiver receiver) throws IOException;
  }

  /**
   * Opens a connection and shakes hands as client.
   *
   * @param engine with the peer's name and what is demanded of its certificate set
   * @param slowSteps for what the engine delegates: checks of certificates
   */
  public static TlsConnection connect(
      Loop loop, SSLEngine engine, Executor slowSteps, StreamReceiver receiver, Opener opener)
      throws IOException {
    engine.setUseClientMode(true);
    return new TlsConnection(loop, new TlsFilter(engine), slowSteps, receiver, opener);
  }

  @Override
  public InetSocketAddress localAddress() {
    return stream.localAddress();
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return stream.remoteAddress();
  }

  @Override
  public int roomBytes() {
    return connected ? Math.max(0, stream.roomBytes() - filter.maxOverheadBytes()) : 0;
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    if (closed || length > roomBytes()) {
      return closed;
    }
    try {
      return filter.wrap(buffer, offset, length, stream::send);
    } catch (SSLException e) {
      loop.execute(() -> fail(e, loop.nowNs()));
      return true;
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      filter.close(stream::send);
      stream.close();
    }
  }

  private void fail(SSLException e, long nowNs) {
    if (!closed) {
      String reason = "TLS: " + rootMessage(e);
      close();
      receiver.onClosed(reason, nowNs);
    }
  }

  /** The engine says "certificate_unknown"; the cause says which name or issuer. */
  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private void progress(long nowNs) {
    if (closed) {
      return;
    }
    try {
      Runnable slow = filter.progress(stream::send, decrypted(nowNs));
      if (slow != null) {
        runSlowStep(slow, nowNs);
      } else if (!closed && !connected && filter.isConnected()) {
        connected = true;
        receiver.onConnected(nowNs);
        progress(nowNs); // what came right behind the handshake
      } else if (!closed && filter.isEnded()) {
        close();
        receiver.onClosed("the remote side closed the connection", nowNs);
      }
    } catch (SSLException e) {
      fail(e, nowNs);
    }
  }

  private void runSlowStep(Runnable slow, long nowNs) {
    try {
      slowSteps.execute(
          () -> {
            slow.run();
            loop.execute(
                () -> {
                  filter.slowStepDone();
                  progress(loop.nowNs());
                });
          });
    } catch (RejectedExecutionException e) {
      fail(new SSLException("no thread to check the certificate on", e), nowNs);
    }
  }

  private TlsFilter.Sink decrypted(long nowNs) {
    return (buffer, offset, length) -> {
      if (!closed) {
        receiver.onBytes(buffer, offset, length, nowNs);
      }
      return true;
    };
  }

  /** What the connection below tells. */
  private final class Encrypted implements StreamReceiver {

    @Override
    public void onConnected(long nowNs) {
      try {
        filter.begin();
        progress(nowNs);
      } catch (SSLException e) {
        fail(e, nowNs);
      }
    }

    @Override
    public void onBytes(byte[] buffer, int offset, int length, long nowNs) {
      if (!closed && filter.waitingBytes() + length > MAX_WAITING_BYTES) {
        fail(new SSLException("more was sent than a handshake has"), nowNs);
      } else if (!closed) {
        filter.receive(buffer, offset, length);
        progress(nowNs);
      }
    }

    @Override
    public void onWritable(long nowNs) {
      if (!closed && connected) {
        receiver.onWritable(nowNs);
      }
    }

    @Override
    public void onClosed(String reason, long nowNs) {
      if (!closed) {
        closed = true;
        receiver.onClosed(reason, nowNs);
      }
    }
  }
}
