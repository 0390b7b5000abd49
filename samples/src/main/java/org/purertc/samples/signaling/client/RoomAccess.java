package org.purertc.samples.signaling.client;

import java.net.URI;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.tls.TrustedCertificates;
import picocli.CommandLine.Option;

/** What a command needs to enter a room, whatever the others call it. */
public class RoomAccess {
  @Option(
      names = "--token",
      defaultValue = "${env:PURERTC_TOKEN}",
      description = "What the server asks for, if it asks; or PURERTC_TOKEN.")
  private @Nullable String token;

  @Option(
      names = "--transport",
      defaultValue = "WEB_SOCKET",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private TransportKind transport = TransportKind.WEB_SOCKET;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      converter = TrustedCertificates.class,
      description = "PEM certificates to trust for https, in place of the JVM's.")
  private @Nullable SSLContext trusted;

  /** Enters a room under a name. */
  public final JoinRequest as(String name, String room) {
    return new JoinRequest(room, name, MemberRole.MEMBER, token);
  }

  /** The server there, as the options say to reach it. */
  public final RoomServer server(URI uri) {
    return new RoomServer(uri, transport, trusted);
  }
}
