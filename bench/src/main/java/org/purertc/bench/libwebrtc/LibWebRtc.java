package org.purertc.bench.libwebrtc;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The same commands as {@code purertc}, with libwebrtc as the peer. */
@Command(
    name = "libwebrtc",
    mixinStandardHelpOptions = true,
    description = "A libwebrtc peer with the commands of purertc.",
    subcommands = {BenchCommand.class, ConnectCommand.class})
public final class LibWebRtc {
  private LibWebRtc() {}

  /** Runs one command. */
  public static void main(String[] arguments) {
    int code = new CommandLine(new LibWebRtc()).execute(arguments);
    System.out.flush();
    // Not exit: libwebrtc's threads call into a JVM that is going down, and crash it now and then.
    Runtime.getRuntime().halt(code);
  }
}
