package org.purertc.interop.cli;

import org.purertc.interop.network.NetworkNamespace;

/** libwebrtc with the commands of {@code purertc}, in a JVM of its own. */
public final class LibWebRtcProgram {
  private LibWebRtcProgram() {}

  /** Starts it in a network, as it never uses loopback. */
  public static Program start(NetworkNamespace network, String... arguments) {
    return Program.of(
        network.command(Program.java(128, "org.purertc.bench.libwebrtc.LibWebRtc", arguments)));
  }
}
