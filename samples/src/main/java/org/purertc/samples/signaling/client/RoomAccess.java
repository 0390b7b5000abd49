package org.purertc.samples.signaling.client;

import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MemberRole;
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

  /** Enters a room under a name. */
  public final JoinRequest as(String name, String room) {
    return new JoinRequest(room, name, MemberRole.MEMBER, token);
  }

  public final TransportKind transport() {
    return transport;
  }
}
