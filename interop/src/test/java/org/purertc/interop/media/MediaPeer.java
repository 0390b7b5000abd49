package org.purertc.interop.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.purertc.EncodedFrame;
import org.purertc.MediaKind;
import org.purertc.MediaStreamTrack;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCRtpReceiver;
import org.purertc.RTCRtpSender;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;
import org.purertc.RTCStats;
import org.purertc.RTCTrackEvent;
import org.purertc.interop.cli.Program;

/**
 * The Java side: plays frames to the other peer, keeps what comes back, and signals by the lines of
 * {@code purertc connect} where the other peer is a program.
 */
final class MediaPeer implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;
  private static final long POLL_MS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RTCPeerConnection connection;
  private final List<Player> players = new ArrayList<>();
  private final Map<MediaKind, List<EncodedFrame>> received = new ConcurrentHashMap<>();
  private final List<JsonNode> early = new ArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private boolean described;
  private final CompletableFuture<RTCDataChannel> channel = new CompletableFuture<>();
  private @Nullable Program theOther;

  MediaPeer(PeerConnectionFactory factory, RTCConfiguration configuration) {
    connection = factory.createPeerConnection(configuration);
    connection.onTrack(this::keep);
  }

  RTCPeerConnection connection() {
    return connection;
  }

  private void keep(RTCTrackEvent event) {
    List<EncodedFrame> frames =
        received.computeIfAbsent(event.track().kind(), kind -> new CopyOnWriteArrayList<>());
    event.track().onFrame(frames::add);
  }

  /** Adds a track of these frames; they play from now on. */
  Player play(EncodedFrames frames) {
    Player player = new Player(frames);
    players.add(player);
    connection.addTrack(player.source().track());
    return player;
  }

  /** Offers this codec of a kind, and its retransmissions. */
  void offerOnly(MediaKind kind, String mimeType) {
    connection.getTransceivers().stream()
        .filter(transceiver -> transceiver.kind() == kind)
        .forEach(
            transceiver ->
                transceiver.setCodecPreferences(
                    RTCRtpSender.getCapabilities(kind).codecs().stream()
                        .filter(
                            codec ->
                                codec.mimeType().equalsIgnoreCase(mimeType)
                                    || codec.mimeType().equals("video/rtx"))
                        .toList()));
  }

  /**
   * Signals to a program from now on; Java offers, or waits for its offer. Who offers makes a data
   * channel beside the media.
   */
  void meet(Program other, boolean javaOffers, boolean trickle) {
    if (javaOffers) {
      offerChannel();
    } else {
      connection.onDataChannel(channel::complete);
    }
    theOther = other;
    other.pipeTo(line -> obey(line, other, trickle));
    if (javaOffers) {
      tell(other, trickle);
    }
  }

  /** Makes the data channel. */
  void offerChannel() {
    channel.complete(connection.createDataChannel("data"));
  }

  private void tell(Program other, boolean trickle) {
    other.type(line(describe(trickle)));
    if (trickle) {
      connection.onIceCandidate(candidate -> other.type(line(candidate))); // they waited for it
    }
  }

  /** Makes and applies the local description, complete when there is no trickle. */
  RTCSessionDescription describe(boolean trickle) {
    RTCSessionDescription local = get(connection.setLocalDescription());
    return trickle ? local : get(connection.gatheringComplete());
  }

  private void obey(String text, Program other, boolean trickle) {
    try {
      JsonNode line = JSON.readTree(text);
      if (line.path("type").asText().equals("description")) {
        String type = line.get("sdpType").asText();
        apply(new RTCSessionDescription(sdpType(type), line.get("sdp").asText()));
        if (type.equals("offer")) {
          tell(other, trickle);
        }
      } else if (line.path("type").asText().equals("candidate")) {
        add(line);
      }
    } catch (JsonProcessingException | RuntimeException | AssertionError e) {
      failures.add(e);
    }
  }

  static RTCSdpType sdpType(String type) {
    return RTCSdpType.valueOf(type.toUpperCase(Locale.ROOT));
  }

  /** Applies what the other peer says, then the candidates that came before it. */
  void apply(RTCSessionDescription remote) {
    get(connection.setRemoteDescription(remote));
    described = true;
    early.forEach(this::add);
    early.clear();
  }

  private void add(JsonNode line) {
    if (!described) {
      early.add(line);
      return;
    }
    JsonNode mid = line.path("sdpMid");
    JsonNode index = line.path("sdpMLineIndex");
    get(
        connection.addIceCandidate(
            new RTCIceCandidate(
                line.get("candidate").asText(),
                mid.isTextual() ? mid.asText() : null,
                index.isInt() ? index.asInt() : null)));
  }

  private static String line(RTCSessionDescription description) {
    Map<String, @Nullable Object> line = new HashMap<>();
    line.put("type", "description");
    line.put("sdpType", description.type().toString().toLowerCase(Locale.ROOT));
    line.put("sdp", description.sdp());
    return json(line);
  }

  private static String line(RTCIceCandidate candidate) {
    Map<String, @Nullable Object> line = new HashMap<>();
    line.put("type", "candidate");
    line.put("candidate", candidate.candidate());
    line.put("sdpMid", candidate.sdpMid());
    line.put("sdpMLineIndex", candidate.sdpMLineIndex());
    return json(line);
  }

  static String json(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** What the other peer sends. */
  MediaStreamTrack remoteTrack(MediaKind kind) {
    return connection.getReceivers().stream()
        .map(RTCRtpReceiver::track)
        .filter(track -> track.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  /** What came of one kind so far. */
  List<EncodedFrame> received(MediaKind kind) {
    return received.getOrDefault(kind, List.of());
  }

  /** Waits until so many frames have come. */
  List<EncodedFrame> awaitFrames(MediaKind kind, int count) {
    await(count + " frames of " + kind, () -> received(kind).size() >= count);
    return received(kind);
  }

  /** Sends a message over the data channel and waits until it is back. */
  void awaitEcho(String text) {
    awaitAnswer(text, text);
  }

  /** Sends a message over the data channel and waits for the answer. */
  void awaitAnswer(String text, String answer) {
    RTCDataChannel open = get(get(channel).opened());
    CompletableFuture<String> received = new CompletableFuture<>();
    open.onMessage(message -> received.complete(message.text()));
    open.send(text);
    assertThat(get(received)).isEqualTo(answer);
  }

  /** The sum of a member over all statistics of a type and kind. */
  long sum(String type, MediaKind kind, String member) {
    return get(connection.getStats()).ofType(type).stream()
        .filter(stats -> kind.toString().equals(stats.text("kind")))
        .filter(stats -> stats.get(member) != null)
        .mapToLong(stats -> stats.longValue(member))
        .sum();
  }

  /** Waits for something that polling shows. */
  void await(String what, BooleanSupplier happened) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > end || !failures.isEmpty()) {
        AssertionError error = new AssertionError("no " + what + "; " + this);
        failures.forEach(error::addSuppressed);
        throw error;
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    players.forEach(Player::close);
    connection.close();
  }

  @Override
  public String toString() {
    List<RTCStats> rtp =
        get(connection.getStats()).values().stream()
            .filter(stats -> stats.type().endsWith("rtp"))
            .toList();
    return connection.connectionState() + ", failures " + failures + ", " + rtp + ", " + theOther;
  }
}
