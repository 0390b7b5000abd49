package org.purertc.interop.cli;

import java.util.ArrayList;
import java.util.List;
import org.purertc.interop.network.NetworkNamespace;

/**
 * A peer in Debian's own Python, whose packages are those that Debian has of aiortc and GStreamer.
 */
public final class PythonProgram {
  private PythonProgram() {}

  /** Starts a script among the test resources; it never uses loopback, so it runs in a network. */
  public static Program start(String script, NetworkNamespace network, String... arguments) {
    String file = OtherPeerTest.resource(script).toString();
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-u", file));
    command.addAll(List.of(arguments));
    return Program.of(network.command(command));
  }
}
