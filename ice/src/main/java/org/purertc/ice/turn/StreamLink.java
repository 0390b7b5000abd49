package org.purertc.ice.turn;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Network.StreamConnection;
import org.purertc.ice.io.Network.StreamReceiver;
import org.purertc.ice.io.TlsConnection;

/** A TCP or TLS connection to one server, and the messages in its stream. */
final class StreamLink implements ServerLink, StreamReceiver {

  private final Listener listener;
  private final StreamFraming framing = new StreamFraming();
  private @Nullable StreamConnection connection;
  private boolean closed;

  private StreamLink(Listener listener) {
    this.listener = listener;
  }

  static StreamLink open(TlsConnection.Opener opener, Listener listener) throws IOException {
    StreamLink link = new StreamLink(listener);
    link.connection = opener.open(link);
    return link;
  }

  private StreamConnection connection() {
    StreamConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("the connection is not open");
    }
    return open;
  }

  @Override
  public InetSocketAddress localAddress() {
    return connection().localAddress();
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    return closed || connection().send(buffer, offset, length);
  }

  @Override
  public boolean isReliable() {
    return true;
  }

  @Override
  public void onConnected(long nowNs) {
    if (!closed) {
      listener.onOpen(nowNs);
    }
  }

  @Override
  public void onBytes(byte[] buffer, int offset, int length, long nowNs) {
    boolean readable =
        framing.receive(
            buffer, offset, length, (bytes, at, size) -> message(bytes, at, size, nowNs));
    if (!readable && !closed) {
      close();
      listener.onLost("the server sends something else than TURN", nowNs);
    }
  }

  private void message(byte[] bytes, int offset, int length, long nowNs) {
    if (!closed) {
      listener.onMessage(bytes, offset, length, nowNs);
    }
  }

  @Override
  public void onWritable(long nowNs) {
    if (!closed) {
      listener.onWritable(nowNs);
    }
  }

  @Override
  public void onClosed(String reason, long nowNs) {
    if (!closed) {
      closed = true;
      listener.onLost(reason, nowNs);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      connection().close();
    }
  }
}
