package org.purertc.samples.share;

import java.nio.file.Path;
import java.util.Map;

/** Where this user's programs keep what should outlive them. */
public final class StateDirectory {
  private StateDirectory() {}

  /** By the XDG base directory specification; on Windows in the local application data. */
  public static Path of(Map<String, String> environment, String home) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    String windows = environment.getOrDefault("LOCALAPPDATA", "");
    Path base =
        !xdg.isEmpty()
            ? Path.of(xdg)
            : !windows.isEmpty() ? Path.of(windows) : Path.of(home, ".local", "state");
    return base.resolve("purertc");
  }
}
