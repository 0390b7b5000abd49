package org.purertc.bench.libwebrtc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Speaks the lines of {@code purertc connect} (docs/connect.md). */
@Command(name = "connect", description = "A peer on standard input and output.")
final class ConnectCommand implements Callable<Integer>, LibWebRtcPeer.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--offer", description = "Makes the offer and the channel.")
  private boolean offers;

  @Option(names = "--answer", description = "Waits for an offer.")
  private boolean answers;

  @Option(names = "--label", defaultValue = "data", description = "The channel's label.")
  private String label = "data";

  @Option(names = "--unordered", description = "Messages as they come.")
  private boolean unordered;

  @Option(
      names = "--max-retransmits",
      defaultValue = "-1",
      description = "Repeats at most N times.")
  private int maxRetransmits = -1;

  @Option(
      names = "--max-packet-life-time",
      defaultValue = "-1",
      description = "Repeats for at most so many milliseconds.")
  private int maxPacketLifeTimeMs = -1;

  @Option(names = "--video", description = "Sends the pictures back that come.")
  private boolean video;

  private final Map<String, RTCDataChannel> channels = new ConcurrentHashMap<>();
  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (offers == answers) {
      throw new ParameterException(spec.commandLine(), "say either --offer or --answer");
    }
    try (LibWebRtcPeer peer = new LibWebRtcPeer(new LibWebRtcFactory(), this);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      if (video) {
        peer.echoVideo(new VideoEcho(this::onPictures));
      }
      if (offers) {
        watch(peer.createDataChannel(label, init()));
        peer.offer();
      }
      boolean open = true;
      for (String line = in.readLine(); open && line != null; line = open ? in.readLine() : null) {
        open = obey(peer, SignalingFormat.parse(line));
      }
    }
    return 0;
  }

  private void onPictures(int count) {
    if (count % 10 == 0) {
      event("decoded").put("count", String.valueOf(count)).print();
    }
  }

  private RTCDataChannelInit init() {
    RTCDataChannelInit init = new RTCDataChannelInit();
    init.ordered = !unordered;
    init.maxRetransmits = maxRetransmits;
    init.maxPacketLifeTime = maxPacketLifeTimeMs;
    return init;
  }

  /** Returns whether there is more to do. */
  private boolean obey(LibWebRtcPeer peer, JsonNode line) throws Exception {
    switch (line.path("type").asText()) {
      case "send" -> channel(line).send(content(line));
      case "close" -> {
        if (!line.has("channel")) {
          return false;
        }
        channel(line).close();
      }
      default -> {
        SignalingMessage message = SignalingFormat.read(line);
        if (message != null) {
          peer.receive(message);
        }
      }
    }
    return true;
  }

  private RTCDataChannel channel(JsonNode line) {
    String name = line.path("channel").asText(label);
    RTCDataChannel channel = channels.get(name);
    if (channel == null) {
      throw new IllegalArgumentException("no channel " + name);
    }
    return channel;
  }

  private static RTCDataChannelBuffer content(JsonNode line) {
    boolean binary = line.has("base64");
    byte[] bytes =
        binary
            ? Base64.getDecoder().decode(line.path("base64").asText())
            : line.path("text").asText().getBytes(StandardCharsets.UTF_8);
    return new RTCDataChannelBuffer(ByteBuffer.wrap(bytes), binary);
  }

  private void watch(RTCDataChannel channel) {
    String name = channel.getLabel();
    channels.put(name, channel);
    channel.registerObserver(
        new RTCDataChannelObserver() {
          @Override
          public void onBufferedAmountChange(long previousAmount) {}

          @Override
          public void onStateChange() {
            switch (channel.getState()) {
              case OPEN -> event("open").put("channel", name).print();
              case CLOSING -> event("closing").put("channel", name).print();
              case CLOSED -> event("close").put("channel", name).print();
              case CONNECTING -> {}
            }
          }

          @Override
          public void onMessage(RTCDataChannelBuffer buffer) {
            byte[] bytes = new byte[buffer.data.remaining()];
            buffer.data.get(bytes);
            Line line = new Line("message").put("channel", name);
            if (buffer.binary) {
              line.put("base64", Base64.getEncoder().encodeToString(bytes)).print();
            } else {
              line.put("text", new String(bytes, StandardCharsets.UTF_8)).print();
            }
          }
        });
  }

  @Override
  public void send(SignalingMessage message) {
    print(SignalingFormat.write(message));
  }

  @Override
  public void onChannel(RTCDataChannel channel) {
    event("datachannel")
        .put("channel", channel.getLabel())
        .put("ordered", String.valueOf(channel.isOrdered()))
        .put("reliable", String.valueOf(channel.isReliable()))
        .print();
    watch(channel);
  }

  @Override
  public void onState(RTCPeerConnectionState state) {
    event("connectionstatechange").put("state", state.toString().toLowerCase(Locale.ROOT)).print();
  }

  @Override
  public void onError(String reason) {
    event("error").put("reason", reason).print();
  }

  private Line event(String name) {
    return new Line("event").put("name", name);
  }

  private void print(String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  /** One line of output in the making. */
  private final class Line {
    private final ObjectNode node;

    Line(String type) {
      node = JSON.createObjectNode().put("type", type);
    }

    Line put(String field, String value) {
      node.put(field, value);
      return this;
    }

    void print() {
      ConnectCommand.this.print(node.toString());
    }
  }
}
