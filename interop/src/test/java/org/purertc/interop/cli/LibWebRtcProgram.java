package org.purertc.interop.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.purertc.interop.network.NetworkNamespace;

/** libwebrtc with the commands of {@code purertc}, in a JVM of its own. */
public final class LibWebRtcProgram {
  private LibWebRtcProgram() {}

  /** Starts it in a network, as it never uses loopback. */
  public static Program start(NetworkNamespace network, String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    List<String> command =
        new ArrayList<>(List.of(java, "-Xmx128m", "-XX:+UseSerialGC", "-cp", classPath));
    command.add("org.purertc.bench.libwebrtc.LibWebRtc");
    command.addAll(List.of(arguments));
    return Program.of(network.command(command));
  }
}
