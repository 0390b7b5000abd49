package org.purertc.interop.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.purertc.RTCSessionDescription;
import org.purertc.interop.cli.Program;
import org.purertc.interop.network.NetworkNamespace;

/** Debian's Janus with its EchoTest, whose API is JSON over HTTP. */
final class Janus implements AutoCloseable {
  private static final int STARTS = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String api;
  private final Program program;

  /** Starts it in a network, with all its files in a directory. */
  Janus(NetworkNamespace network, Path directory) throws IOException {
    configure(network.inside(), directory);
    api = "http://" + network.inside() + ":8088/janus";
    List<String> command =
        List.of("janus", "-F", directory.toString(), "-C", directory.resolve("all").toString());
    program = Program.of(network.command(command));
    awaitStart();
  }

  private static void configure(String address, Path directory) throws IOException {
    String none = directory.resolve("none").toString();
    Files.writeString(
        directory.resolve("all"),
        """
        general: { configs_folder = "%s"; events_folder = "%s"; loggers_folder = "%s" }
        nat: { ice_enforce_list = "%s" }
        """
            .formatted(directory, none, none, address));
    Files.writeString(
        directory.resolve("janus.transport.http.jcfg"),
        """
        general: { json = "compact"; base_path = "/janus"; http = true; port = 8088; ip = "%s" }
        """
            .formatted(address));
  }

  private void awaitStart() {
    for (int i = 0; i < STARTS && program.isRunning(); i++) {
      try {
        send(HttpRequest.newBuilder(URI.create(api + "/info")).build());
        return;
      } catch (UncheckedIOException e) {
        program.staysFor(50);
      }
    }
    throw new AssertionError("Janus does not start; " + program);
  }

  private JsonNode send(HttpRequest request) {
    try {
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private JsonNode post(String path, ObjectNode body) {
    body.put("transaction", "t");
    return send(
        HttpRequest.newBuilder(URI.create(api + path))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  /** One user of the EchoTest. */
  final class Echo {
    private final String session;
    private final String path;

    Echo() {
      JsonNode created = post("", JSON.createObjectNode().put("janus", "create"));
      session = "/" + created.at("/data/id").asText();
      ObjectNode attach = JSON.createObjectNode().put("janus", "attach");
      JsonNode attached = post(session, attach.put("plugin", "janus.plugin.echotest"));
      path = session + "/" + attached.at("/data/id").asText();
    }

    /** Gives Janus an offer, and its answer back. */
    RTCSessionDescription answer(RTCSessionDescription offer, String videoCodec) {
      ObjectNode message = JSON.createObjectNode().put("janus", "message");
      message.putObject("body").put("audio", true).put("video", true).put("videocodec", videoCodec);
      message.putObject("jsep").put("type", "offer").put("sdp", offer.sdp());
      post(path, message);
      JsonNode jsep = awaitEvent("event").path("jsep");
      return new RTCSessionDescription(
          MediaPeer.sdpType(jsep.path("type").asText()), jsep.path("sdp").asText());
    }

    /** The next event of a kind; those before it are passed over. */
    JsonNode awaitEvent(String kind) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (System.nanoTime() < end) {
        JsonNode event = send(HttpRequest.newBuilder(URI.create(api + session)).build());
        if (event.path("janus").asText().equals(kind)) {
          return event;
        }
      }
      throw new AssertionError("no " + kind + "; " + program);
    }

    /** Janus ends the peer connection. */
    void hangUp() {
      post(path, JSON.createObjectNode().put("janus", "hangup"));
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
