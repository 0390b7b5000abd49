package org.purertc.interop.nat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.purertc.interop.cli.Program;
import org.purertc.interop.network.IsolatedNamespace;

/** The test's end of a {@link PeerProgram} that runs in a network of its own. */
final class ProgramPeer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEAP_MB = 96;

  private static final List<String> TROUBLE = List.of("error", "failed");
  private static final long LIMIT_SECONDS = 90;

  private final Program program;
  private final Map<String, BlockingQueue<JsonNode>> events = new ConcurrentHashMap<>();
  private volatile int calls;
  private boolean hangsUp;

  private ProgramPeer(Program program) {
    this.program = program;
  }

  static ProgramPeer start(IsolatedNamespace network, String... arguments) {
    List<String> java = Program.java(HEAP_MB, PeerProgram.class.getName(), arguments);
    return new ProgramPeer(Program.of(network.command(java)));
  }

  /** Carries each other's lines from now on. */
  static void join(ProgramPeer a, ProgramPeer b) {
    a.program.pipeTo(line -> a.pass(line, b));
    b.program.pipeTo(line -> b.pass(line, a));
  }

  /** A line is for the other peer, or an event; one of an earlier call is of no interest. */
  private void pass(String line, ProgramPeer other) {
    JsonNode node = json(line);
    if (!node.path("type").asText().equals("event")) {
      other.program.type(line);
    } else if (node.path("call").asInt() == calls) {
      events(node.path("name").asText()).add(node);
    }
  }

  private BlockingQueue<JsonNode> events(String name) {
    return events.computeIfAbsent(name, each -> new LinkedBlockingQueue<>());
  }

  private void tell(ObjectNode command) {
    program.type(command.toString());
  }

  private static ObjectNode command(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  /** A new connection, with these servers. */
  void call(Path certificate, List<String> servers) {
    events.clear();
    calls++;
    ObjectNode command = command("call").put("number", calls);
    command.put("certificate", certificate.toString());
    servers.forEach(command.putArray("servers")::add);
    tell(command);
  }

  void offer() {
    tell(command("offer"));
  }

  void restart() {
    tell(command("restart"));
  }

  /** The next event of that name, or why there is none; the states are events, too. */
  JsonNode await(String name) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    try {
      while (System.nanoTime() < endNs && program.isRunning()) {
        JsonNode event = events(name).poll(50, TimeUnit.MILLISECONDS);
        if (event != null) {
          return event;
        }
        if (!hangsUp && TROUBLE.stream().anyMatch(events::containsKey)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("no event " + name + ", but " + events + ", stderr " + program.err());
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

  /** How much it sent, and the hash of that; the other side has it all. */
  JsonNode sent() {
    return await("sent");
  }

  /** How much it received, to the end, and the hash of that. */
  JsonNode received() {
    return await("received");
  }

  /** The types of the selected pair's candidates and the remote address, as this side sees them. */
  JsonNode selected() {
    tell(command("selected"));
    return await("selected");
  }

  void hangUp() {
    hangsUp = true;
    tell(command("hang up"));
    await("hung up");
    hangsUp = false;
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
