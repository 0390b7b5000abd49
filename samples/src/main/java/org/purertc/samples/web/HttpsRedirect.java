package org.purertc.samples.web;

import java.io.IOException;
import java.net.InetAddress;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Sends who comes by http on to https, on the same host. */
public final class HttpsRedirect implements AutoCloseable {
  private final Server server;
  private final PageConnector connector;
  private final boolean wanted;

  private HttpsRedirect(Server server, PageConnector connector, boolean wanted) {
    this.server = server;
    this.connector = connector;
    this.wanted = wanted;
  }

  /**
   * Starts one, unless nobody wants it.
   *
   * @param port where http comes in, 0 for any free one; null for no such place
   * @param httpsPort where it is sent to
   * @throws IOException says in one line why it could not start
   */
  public static HttpsRedirect start(InetAddress host, @Nullable Integer port, int httpsPort)
      throws IOException {
    Server server = new Server(new QueuedThreadPool(8, 1));
    PageConnector connector = new PageConnector(server, new HttpConnectionFactory());
    HttpsRedirect redirect = new HttpsRedirect(server, connector, port != null);
    if (port == null) {
      return redirect;
    }
    connector.setHost(PageServer.listenAddress(host));
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            HttpURI to = HttpURI.build(request.getHttpURI()).scheme("https").port(httpsPort);
            // 308: a POST stays a POST (RFC 9110 section 15.4.9).
            Response.sendRedirect(request, response, callback, 308, to.asString(), true);
            return true;
          }
        });
    try {
      server.start();
    } catch (Exception e) {
      redirect.close();
      throw new IOException("cannot listen on " + host.getHostAddress() + ":" + port, e);
    }
    return redirect;
  }

  /** Where http comes in; 0 for nowhere. */
  public int port() {
    return wanted ? connector.getLocalPort() : 0;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the redirect did not stop", e);
    }
  }
}
