package org.purertc.samples.web;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.purertc.samples.tls.ServerCertificate;

/** Where a server takes connections with TLS. */
final class TlsConnector {
  private TlsConnector() {}

  static PageConnector of(
      Server server,
      HttpConfiguration http,
      ServerCertificate certificate,
      String address,
      int port) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(certificate.keyStore());
    tls.setKeyStorePassword("");
    // RFC 8996: nothing older.
    tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    HttpConfiguration secure = new HttpConfiguration(http);
    // A server is asked for by addresses that TLS knows no name for, and may stand behind a proxy.
    secure.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory inside = new HttpConnectionFactory(secure);
    PageConnector connector =
        new PageConnector(server, new SslConnectionFactory(tls, inside.getProtocol()), inside);
    connector.setHost(address);
    connector.setPort(port);
    return connector;
  }
}
