package org.purertc.interop.nat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.IceTiming;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCIceCandidatePair;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.interop.turn.Coturn;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;

/**
 * A peer in a process of its own, for one call after the other; its lines are those of {@code
 * purertc connect} (docs/connect.md) and some more, which {@link ProgramPeer} knows. The lines of
 * the other peer may be piped in as they are.
 */
final class PeerProgram {
  static final String ECHO = "echo";
  static final String DATA = "data";

  /** Finds out sooner than the default that a path is gone: 2 s; and gives up after 20 s. */
  static final String IMPATIENT = "impatient";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final PeerConnectionFactory factory;
  private @Nullable RTCPeerConnection peer;
  private @Nullable Negotiator negotiator;
  private @Nullable Consumer<ObjectNode> events;
  private @Nullable RTCDataChannel echo;
  private @Nullable Outflow outflow;
  private @Nullable Inflow inflow;

  private PeerProgram(boolean impatient) {
    PeerConnectionFactory.Builder builder = PeerConnectionFactory.builder();
    if (impatient) {
      IceTiming usual = IceTiming.DEFAULT;
      builder.iceTiming(
          new IceTiming(
              usual.checkInterval(),
              usual.patience(),
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              usual.consentRetry(),
              Duration.ofSeconds(2),
              Duration.ofSeconds(20)));
    }
    factory = builder.build();
  }

  public static void main(String[] arguments) throws Exception {
    boolean impatient = arguments.length > 0 && arguments[0].equals(IMPATIENT);
    new PeerProgram(impatient).run();
    System.exit(0); // whatever a transfer waits for
  }

  private void run() throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode node = SignalingFormat.parse(line);
      SignalingMessage message = SignalingFormat.read(node);
      if (message == null) {
        obey(node);
      } else if (negotiator != null) {
        negotiator.receive(message);
      }
    }
  }

  private void obey(JsonNode command) throws Exception {
    RTCPeerConnection current = peer;
    switch (command.path("type").asText()) {
      case "call" -> call(command);
      case "offer" -> {
        echoOver(required(current).createDataChannel(ECHO), required(events));
        required(negotiator).offer();
      }
      case "restart" -> {
        required(current).restartIce();
        required(negotiator).offer();
      }
      case "echo" -> required(echo).send(command.path("text").asText());
      case "transfer" -> {
        RTCDataChannel channel = required(current).createDataChannel(DATA);
        outflow = Outflow.start(channel, required(events));
      }
      case "more" -> required(inflow).tellAfter(command.path("bytes").asLong());
      case "finish" -> required(outflow).finish();
      case "selected" -> required(events).accept(selected(required(current)));
      case "hang up" -> {
        required(current).close();
        required(events).accept(event("hung up"));
      }
      default -> {} // an event of the other side
    }
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not yet");
    }
    return value;
  }

  private void call(JsonNode command) throws Exception {
    RTCConfiguration.Builder configuration = RTCConfiguration.builder();
    for (JsonNode url : command.path("servers")) {
      configuration.iceServer(url.asText(), Coturn.USER, Coturn.PASSWORD);
    }
    if (command.has("certificate")) {
      configuration.turnTls(Coturn.trust(Path.of(command.path("certificate").asText())));
    }
    RTCPeerConnection created = factory.createPeerConnection(configuration.build());
    int number = command.path("number").asInt();
    Consumer<ObjectNode> out = event -> print(event.put("call", number).toString());
    Inflow received = new Inflow(out);
    created.onConnectionStateChange(state -> out.accept(state(created, state)));
    created.onDataChannel(channel -> accept(channel, received));
    negotiator =
        new Negotiator(
            created,
            CandidateMode.TRICKLE,
            message -> print(SignalingFormat.write(message)),
            reason -> out.accept(event("error").put("reason", reason)));
    peer = created;
    events = out;
    inflow = received;
  }

  private static ObjectNode state(RTCPeerConnection of, RTCPeerConnectionState state) {
    return event(state.toString()).put("reason", of.failureReason());
  }

  private static void accept(RTCDataChannel channel, Inflow into) {
    if (channel.label().equals(DATA)) {
      into.start(channel);
    } else {
      channel.onMessage(message -> channel.send(message.text()));
    }
  }

  private void echoOver(RTCDataChannel channel, Consumer<ObjectNode> out) {
    channel.onOpen(() -> out.accept(event("open")));
    channel.onMessage(message -> out.accept(event("echo").put("text", message.text())));
    echo = channel;
  }

  private static ObjectNode selected(RTCPeerConnection of) {
    RTCIceCandidatePair pair = of.sctp().transport().iceTransport().getSelectedCandidatePair();
    ObjectNode event = event("selected");
    if (pair != null) {
      event.put("local", pair.local().type()).put("remote", pair.remote().type());
      event.put("remoteAddress", pair.remote().address() + ":" + pair.remote().port());
    }
    return event;
  }

  static ObjectNode event(String name) {
    return JSON.createObjectNode().put("type", "event").put("name", name);
  }

  private synchronized void print(String line) {
    out.println(line);
  }
}
