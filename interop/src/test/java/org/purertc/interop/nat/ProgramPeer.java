package org.purertc.interop.nat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.purertc.interop.cli.Program;
import org.purertc.interop.network.IsolatedNamespace;

/** The test's end of a {@link PeerProgram} that runs in a network of its own. */
final class ProgramPeer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEAP_MB = 96;

  private final Program program;

  private ProgramPeer(Program program) {
    this.program = program;
  }

  static ProgramPeer start(IsolatedNamespace network, String... arguments) {
    List<String> java = Program.java(HEAP_MB, PeerProgram.class.getName(), arguments);
    return new ProgramPeer(Program.of(network.command(java)));
  }

  /** Carries each other's lines from now on. */
  static void join(ProgramPeer a, ProgramPeer b) {
    a.program.pipeTo(b.program);
    b.program.pipeTo(a.program);
  }

  private void tell(ObjectNode command) {
    program.type(command.toString());
  }

  private static ObjectNode command(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  /** A new connection, with these servers. */
  void call(Path certificate, List<String> servers) {
    ObjectNode command = command("call").put("certificate", certificate.toString());
    servers.forEach(command.putArray("servers")::add);
    tell(command);
  }

  void offer() {
    tell(command("offer"));
  }

  void restart() {
    tell(command("restart"));
  }

  /** The event of that name, or why there is none. */
  JsonNode await(String name) {
    String line =
        program.await("^.*(\"name\":\"(" + name + "|error)\"|\"state\":\"failed\").*$").group();
    JsonNode event = json(line);
    if (!event.path("name").asText().equals(name)) {
      throw new AssertionError("instead of " + name + ": " + line);
    }
    return event;
  }

  void awaitState(String state) {
    program.await("\"state\":\"" + Pattern.quote(state) + "\"");
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  /** What comes back of a text. */
  String echo(String text) {
    tell(command("echo").put("text", text));
    return await("echo").path("text").asText();
  }

  /** Begins to send random bytes. */
  void transfer() {
    tell(command("transfer"));
  }

  /** Waits until so many more bytes have arrived here. */
  void awaitMore(long bytes) {
    tell(command("more").put("bytes", bytes));
    await("more");
  }

  /** Ends what {@link #transfer} began. */
  void finish() {
    tell(command("finish"));
  }

  /** The types of the selected pair's candidates and the remote address, as this side sees them. */
  JsonNode selected() {
    tell(command("selected"));
    return await("selected");
  }

  void hangUp() {
    tell(command("hang up"));
    program.await("\"name\":\"hung up\"");
  }

  @Override
  public void close() {
    program.close();
  }

  @Override
  public String toString() {
    return program.toString();
  }
}
