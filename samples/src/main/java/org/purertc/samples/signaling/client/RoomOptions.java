package org.purertc.samples.signaling.client;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command enters a room. */
public final class RoomOptions extends RoomAccess {
  @Option(names = "--name", description = "How the others see this member.")
  private @Nullable String name;

  /**
   * What {@code --name} and {@code --token} say.
   *
   * @param standardName without {@code --name}
   */
  public JoinRequest request(String room, String standardName) {
    return as(name == null ? standardName : name, room);
  }
}
