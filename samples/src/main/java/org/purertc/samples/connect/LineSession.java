package org.purertc.samples.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.RTCDataChannelInit;
import org.purertc.RTCException;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.client.RoomPartner;

/** One peer, its events as lines out, its commands as lines in. */
final class LineSession implements RoomPartner.Listener {
  /** For what was sent before the end of the commands. */
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What ends {@link #run}. */
  private record Event(@Nullable String line, @Nullable String failure) {}

  private final RTCPeerConnection peer;
  private final Consumer<String> out;
  private final Negotiator negotiator;
  private final Map<String, RTCDataChannel> channels = new ConcurrentHashMap<>();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final Set<String> closedInOrder = ConcurrentHashMap.newKeySet();
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile boolean connected;

  /** Its signalling goes out as lines, too. */
  LineSession(RTCPeerConnection peer, CandidateMode mode, Consumer<String> out) {
    this(peer, mode, out, null);
  }

  /**
   * Does nothing yet.
   *
   * @param signaling carries messages to the other side; null when the lines do
   */
  LineSession(
      RTCPeerConnection peer,
      CandidateMode mode,
      Consumer<String> out,
      @Nullable Consumer<SignalingMessage> signaling) {
    this.peer = peer;
    this.out = out;
    Consumer<SignalingMessage> carrier =
        signaling == null ? it -> print(SignalingFormat.write(it)) : signaling;
    negotiator = new Negotiator(peer, mode, carrier, this::failed);
    peer.onDataChannel(
        channel -> {
          print(event("datachannel").put("channel", channel.label()));
          watch(channel);
        });
    peer.onSignalingStateChange(it -> state("signalingstatechange", it));
    peer.onIceGatheringStateChange(it -> state("icegatheringstatechange", it));
    peer.onIceConnectionStateChange(it -> state("iceconnectionstatechange", it));
    peer.onConnectionStateChange(
        it -> {
          state("connectionstatechange", it);
          if (it == RTCPeerConnectionState.FAILED) {
            lost();
          } else if (it == RTCPeerConnectionState.CONNECTED) {
            connected = true;
          }
        });
  }

  void create(String label, RTCDataChannelInit init) {
    watch(peer.createDataChannel(label, init));
  }

  void offer() {
    negotiator.offer();
  }

  /** A message of the other side that did not come as a line. */
  @Override
  public void onMessage(SignalingMessage message) {
    negotiator.receive(message);
  }

  /** The other side says no more; two peers who are connected do not need it. */
  @Override
  public void onLost(String reason) {
    if (!connected) {
      failed(reason);
    }
  }

  /**
   * Reads commands until {@code close}, the end of the input, or a failure.
   *
   * @return why it failed, or null
   */
  @Nullable String run(BufferedReader in) {
    Thread reader = new Thread(() -> read(in), "standard input");
    reader.setDaemon(true);
    reader.start();
    try {
      for (; ; ) {
        Event event = events.take();
        if (event.failure != null) {
          return event.failure;
        }
        if (event.line == null || !command(event.line)) {
          peer.closeGracefully(FLUSH_LIMIT).join();
          return null;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private void read(BufferedReader in) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          events.add(new Event(line, null));
        }
      }
      events.add(new Event(null, null));
    } catch (IOException e) {
      failed("standard input: " + e.getMessage());
    }
  }

  /** Obeys one line; false when it was the last one. */
  private boolean command(String line) {
    try {
      JsonNode node = SignalingFormat.parse(line);
      SignalingMessage message = SignalingFormat.read(node);
      if (message != null) {
        negotiator.receive(message);
        return true;
      }
      switch (node.path("type").asText()) {
        case "send" -> send(node);
        case "close" -> {
          if (!node.has("channel")) {
            return false;
          }
          channel(node).close();
        }
        // The lines of the other side may be piped in as they are: its events are no commands.
        case "event", "message", "mark", "result" -> {}
        default -> throw new SignalingException("unknown type " + node.path("type"));
      }
    } catch (SignalingException | RTCException | IllegalArgumentException e) {
      print(event("error").put("reason", e.getMessage()));
    }
    return true;
  }

  private void send(JsonNode node) throws SignalingException {
    RTCDataChannel channel = channel(node);
    if (node.path("text").isTextual()) {
      channel.send(node.path("text").asText());
    } else if (node.path("base64").isTextual()) {
      channel.send(Base64.getDecoder().decode(node.path("base64").asText()));
    } else {
      throw new SignalingException("send takes \"text\" or \"base64\"");
    }
  }

  private RTCDataChannel channel(JsonNode node) throws SignalingException {
    String label = node.path("channel").asText();
    RTCDataChannel channel =
        node.has("channel") || channels.size() != 1
            ? channels.get(label)
            : channels.values().iterator().next();
    if (channel == null) {
      throw new SignalingException("no channel \"" + label + "\"");
    }
    return channel;
  }

  private void watch(RTCDataChannel channel) {
    String label = channel.label();
    channels.put(label, channel);
    channel.onOpen(() -> print(event("open").put("channel", label)));
    channel.onClosing(() -> print(event("closing").put("channel", label)));
    channel.onClose(
        () -> {
          print(event("close").put("channel", label));
          if (!broken.contains(label)) {
            closedInOrder.add(label);
          }
        });
    channel.onError(
        error -> {
          broken.add(label);
          print(event("error").put("channel", label).put("reason", error.getMessage()));
        });
    channel.onMessage(message -> received(label, message));
  }

  private void received(String label, RTCMessage message) {
    ObjectNode node = JSON.createObjectNode().put("type", "message").put("channel", label);
    if (message.isText()) {
      node.put("text", message.text());
    } else {
      node.put("base64", Base64.getEncoder().encodeToString(message.bytes()));
    }
    print(node);
  }

  /** No error when the other side had closed all channels in order before it went. */
  private void lost() {
    boolean inOrder = !channels.isEmpty() && closedInOrder.containsAll(channels.keySet());
    String reason = peer.failureReason();
    events.add(new Event(null, inOrder ? null : reason == null ? "connection failed" : reason));
  }

  private void failed(String reason) {
    events.add(new Event(null, reason));
  }

  private static ObjectNode event(String name) {
    return JSON.createObjectNode().put("type", "event").put("name", name);
  }

  private void state(String name, Object state) {
    print(event(name).put("state", state.toString()));
  }

  private void print(ObjectNode node) {
    print(node.toString());
  }

  private void print(String line) {
    synchronized (out) {
      out.accept(line);
    }
  }
}
