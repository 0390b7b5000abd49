package org.purertc.ice.turn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.io.TlsConnection;

/**
 * What ways to servers are made of.
 *
 * @param blocking runs what would block a loop: look-ups of names, checks of certificates
 * @param tls whom to trust; null for what the Java runtime trusts
 */
public record ServerSockets(
    Network network, Loop loop, Executor blocking, @Nullable SSLContext tls) {

  /** Tells the addresses of a name on the loop; none when it is unknown. */
  public void lookUp(String host, Consumer<List<InetAddress>> found) {
    NameLookup.find(host, loop, blocking, found);
  }

  ServerLink open(
      ServerUrl url, InetAddress local, InetSocketAddress server, ServerLink.Listener listener)
      throws IOException {
    InetSocketAddress from = new InetSocketAddress(local, 0);
    TlsConnection.Opener tcp = receiver -> network.connect(loop, from, server, receiver);
    return switch (url.transport()) {
      case UDP -> DatagramLink.open(network, loop, local, server, listener);
      case TCP -> StreamLink.open(tcp, listener);
      case TLS -> {
        SSLEngine engine = engine(url);
        yield StreamLink.open(
            receiver -> TlsConnection.connect(loop, engine, blocking, receiver, tcp), listener);
      }
    };
  }

  /** RFC 8656 section 3.1 and RFC 6125: the certificate must be that of the name in the URL. */
  private SSLEngine engine(ServerUrl url) throws IOException {
    SSLContext context = tls;
    try {
      SSLContext used = context == null ? SSLContext.getDefault() : context;
      SSLEngine engine = used.createSSLEngine(url.host(), url.port());
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
      return engine;
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this Java runtime has no TLS", e);
    }
  }
}
