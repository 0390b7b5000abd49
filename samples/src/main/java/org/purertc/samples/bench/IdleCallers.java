package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.terminal.CommandFailure;

/**
 * The calling process of {@code idle --udp-port}: makes a peer with ports of its own as often as
 * the one with the shared port ({@link IdleCrowd}) asks for it. Each line of signalling names its
 * call.
 */
final class IdleCallers implements AutoCloseable {
  private final PeerSource peers;
  private final Consumer<String> out;
  private final List<BenchPeer> callers = new ArrayList<>();

  IdleCallers(PeerSource peers, Consumer<String> out) {
    this.peers = peers;
    this.out = out;
  }

  /** Does what the lines say until they end. */
  void run(InputStream lines) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode node = SignalingFormat.parse(line);
        SignalingMessage message = SignalingFormat.read(node);
        if (message != null) {
          callers.get(node.path("call").asInt()).receive(message);
        } else if (node.path("type").asText().equals("call")) {
          call();
        }
      }
    } catch (IOException | SignalingException e) {
      throw new CommandFailure("the process with the shared port is gone: " + e.getMessage());
    }
  }

  private void call() {
    int number = callers.size();
    BenchPeer caller =
        BenchPeer.offerer(
            peers, message -> out.accept(EchoedCalls.line(number, message)), channel -> {});
    callers.add(caller);
    caller.offer();
  }

  @Override
  public void close() {
    callers.forEach(BenchPeer::close);
  }
}
