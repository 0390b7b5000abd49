package org.purertc.samples.web;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Where a server takes connections; once it is closed, every connection that the system has handed
 * over is known, and ends with the server.
 *
 * <p>Jetty's own interrupts the thread that accepts. {@code ServerSocketChannel.accept} forgets
 * what it has accepted when it is interrupted, and what is accepted later comes when nobody closes
 * it any more: such a connection stays open, and who asked by it waits for ever.
 */
final class PageConnector extends ServerConnector {
  /** Held by the thread that accepts until it has handed on what it accepted. */
  private final Semaphore accepting = new Semaphore(1);

  PageConnector(Server server, ConnectionFactory... factories) {
    super(server, null, null, null, 1, -1, factories);
    // Whoever is slow has the time that the server gives to all.
    setShutdownIdleTimeout(-1);
  }

  /** One without TLS. */
  static PageConnector of(Server server, HttpConfiguration http, String address, int port) {
    PageConnector connector = new PageConnector(server, new HttpConnectionFactory(http));
    connector.setHost(address);
    connector.setPort(port);
    return connector;
  }

  @Override
  public void accept(int acceptor) throws IOException {
    accepting.acquireUninterruptibly();
    try {
      super.accept(acceptor);
    } finally {
      accepting.release();
    }
  }

  /** Whoever waits in {@link #accept} is woken by the end of the listening socket. */
  @Override
  protected void interruptAcceptors() {}

  @Override
  public void close() {
    super.close();
    accepting.acquireUninterruptibly();
    accepting.release();
  }
}
