package org.purertc.samples.share;

import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.client.RoomAccess;
import org.purertc.samples.signaling.client.RoomAddress;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A room in place of a link. */
final class RoomChoice extends RoomAccess {
  @ArgGroup(exclusive = false)
  private @Nullable RoomAddress address;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      defaultValue = "PureRTC",
      description = "How the others in the room see this member (default: ${DEFAULT-VALUE}).")
  private String name = "PureRTC";

  /** The room that the user named; null when there is none. */
  @Nullable MeetingRoom room() {
    RoomAddress chosen = address;
    return chosen == null
        ? null
        : new MeetingRoom(server(chosen.server()), as(name, chosen.room()));
  }
}
