package org.purertc.samples.signaling.client;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which room of which server; a group of options that come together. */
public final class RoomAddress {
  @Option(
      names = "--server",
      required = true,
      paramLabel = "URL",
      description = "Meet in a room of this server (see \"purertc serve\").")
  private URI server = URI.create("http://127.0.0.1:8080");

  @Option(names = "--room", required = true, description = "The room of both sides.")
  private String room = "";

  public URI server() {
    return server;
  }

  public String room() {
    return room;
  }
}
