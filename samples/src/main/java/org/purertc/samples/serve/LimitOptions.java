package org.purertc.samples.serve;

import org.purertc.samples.signaling.protocol.SessionLimits;
import org.purertc.samples.signaling.rooms.RoomLimits;
import org.purertc.samples.signaling.server.SignalingOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a server takes in. */
final class LimitOptions {
  private static final SessionLimits STANDARD = SessionLimits.DEFAULT;

  @Option(
      names = "--max-rooms",
      defaultValue = "1000",
      paramLabel = "ROOMS",
      description = "Rooms at a time.")
  private int rooms;

  @Option(
      names = "--max-sessions",
      defaultValue = "4000",
      paramLabel = "MEMBERS",
      description = "Members at a time.")
  private int sessions;

  @Option(
      names = "--max-members",
      defaultValue = "64",
      paramLabel = "MEMBERS",
      description = "Members in a room.")
  private int members;

  @Option(
      names = "--max-message",
      defaultValue = "262144",
      paramLabel = "BYTES",
      description = "The longest message.")
  private int messageBytes;

  @Option(
      names = "--rate",
      defaultValue = "50",
      paramLabel = "MESSAGES",
      description = "Messages of one member in a second.")
  private int rate;

  @Option(
      names = "--resume",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "How long a member without a connection is waited for.")
  private int resumeSeconds;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  SignalingOptions in(SignalingOptions options) {
    SessionLimits session =
        STANDARD
            .withMessageBytes(positive("--max-message", messageBytes))
            .withRate(
                positive("--rate", rate),
                Math.max(STANDARD.burstMessages(), 2 * Math.min(rate, 1 << 20)))
            .withMembersPerRoom(positive("--max-members", members))
            .withResumeMs(1_000 * Math.min(positive("--resume", resumeSeconds), 1_000_000));
    return options.withLimits(
        RoomLimits.DEFAULT
            .withRooms(positive("--max-rooms", rooms))
            .withSessions(positive("--max-sessions", sessions))
            .withSession(session));
  }

  private int positive(String name, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), name + " is " + value + ", but takes 1 or more");
    }
    return value;
  }
}
