package org.purertc.samples.signaling.client;

import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MemberRole;
import picocli.CommandLine.Option;

/** How a command enters a room. */
public final class RoomOptions {
  @Option(names = "--name", description = "How the others see this member.")
  private @Nullable String name;

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

  /**
   * What {@code --name} and {@code --token} say.
   *
   * @param standardName without {@code --name}
   */
  public JoinRequest request(String room, String standardName) {
    return new JoinRequest(room, name == null ? standardName : name, MemberRole.MEMBER, token);
  }

  public TransportKind transport() {
    return transport;
  }
}
