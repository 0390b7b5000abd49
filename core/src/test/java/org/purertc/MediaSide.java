package org.purertc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.sim.SimLoop;

/**
 * One side of a call whose tracks and directions change at random; it negotiates whenever its
 * connection asks for it. Its signalling takes a random time for each message and keeps their
 * order.
 */
final class MediaSide implements PerfectNegotiation.Signaling {
  private static final long MS = 1_000_000;
  private static final int MAX_DELAY_MS = 80;
  private static final int MAX_TRANSCEIVERS = 6;

  final RTCPeerConnection connection;
  final List<String> failures = new ArrayList<>();

  /** Frames of each received track since {@link #listen}. */
  final Map<MediaStreamTrack, Integer> heard = new HashMap<>();

  private final String name;
  private final PerfectNegotiation negotiation;
  private final SimLoop loop;
  private final Random random;
  private final List<MediaFlow> flows = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private MediaSide remote = this;
  private long lastArrivalNs;
  private int messages;
  private boolean ended;

  MediaSide(String name, PeerCore core, SimLoop loop, long seed) {
    this.name = name;
    this.loop = loop;
    random = new Random(seed);
    connection = new RTCPeerConnection(core);
    negotiation = new PerfectNegotiation(connection, name.equals("polite"), this);
    tick();
  }

  void connectTo(MediaSide other) {
    remote = other;
    other.remote = this;
  }

  private void tick() {
    if (!ended) {
      flows.forEach(flow -> flow.write(loop.nowNs()));
      loop.at(loop.nowNs() + MediaFlow.FRAME_MS * MS, this::tick);
    }
  }

  void end() {
    ended = true;
  }

  private MediaStreamTrack newTrack(MediaKind kind) {
    EncodedMediaSource source =
        kind == MediaKind.AUDIO ? EncodedMediaSource.audio() : EncodedMediaSource.video();
    flows.add(new MediaFlow(source, random.nextLong()));
    return source.track();
  }

  private MediaKind anyKind() {
    return random.nextBoolean() ? MediaKind.AUDIO : MediaKind.VIDEO;
  }

  /** Does something that a program may do at any time. */
  void act() {
    List<RTCRtpTransceiver> live =
        connection.getTransceivers().stream()
            .filter(each -> each.direction() != RTCRtpTransceiverDirection.STOPPED)
            .toList();
    int choice = live.isEmpty() ? 0 : random.nextInt(12);
    RTCRtpTransceiver any = live.isEmpty() ? null : live.get(random.nextInt(live.size()));
    if (any == null || (choice < 4 && live.size() < MAX_TRANSCEIVERS)) {
      note("addTrack");
      RTCRtpSender unused = connection.addTrack(newTrack(anyKind()));
    } else if (choice < 6) {
      note("removeTrack " + any.mid());
      connection.removeTrack(any.sender());
    } else if (choice < 8) {
      note("replaceTrack " + any.mid());
      MediaStreamTrack next = random.nextInt(4) == 0 ? null : newTrack(any.kind());
      CompletableFuture<Void> unused = any.sender().replaceTrack(next);
    } else if (choice < 11) {
      RTCRtpTransceiverDirection wanted = RTCRtpTransceiverDirection.values()[random.nextInt(4)];
      note(any.mid() + " " + wanted);
      any.direction(wanted);
    } else {
      note("stop " + any.mid());
      any.stop();
    }
  }

  private void note(String what) {
    done.add(loop.nowNs() / MS + " " + what);
  }

  boolean isStable() {
    return connection.signalingState() == RTCSignalingState.STABLE
        && messages == 0
        && remote.messages == 0;
  }

  /** From now on counts the frames of each track. */
  void listen() {
    for (RTCRtpTransceiver each : connection.getTransceivers()) {
      MediaStreamTrack track = each.receiver().track();
      track.onFrame(frame -> heard.merge(track, 1, Integer::sum));
    }
  }

  @Nullable RTCRtpTransceiver byMid(String mid) {
    return connection.getTransceivers().stream()
        .filter(each -> mid.equals(each.mid()))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void send(RTCSessionDescription description) {
    carry(() -> remote.negotiation.receive(description));
  }

  @Override
  public void send(RTCIceCandidate candidate) {
    carry(() -> remote.negotiation.receive(candidate));
  }

  @Override
  public void failed(Throwable reason) {
    failures.add(name + ": " + reason);
  }

  private void carry(Runnable message) {
    long arrivalNs = loop.nowNs() + random.nextInt(MAX_DELAY_MS) * MS;
    lastArrivalNs = Math.max(lastArrivalNs, arrivalNs);
    messages++;
    loop.at(
        lastArrivalNs,
        () -> {
          messages--;
          message.run();
        });
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name + " " + connection.signalingState() + done);
    for (RTCRtpTransceiver each : connection.getTransceivers()) {
      text.append("\n  ").append(each.mid()).append(' ').append(each.kind());
      text.append(' ').append(each.direction()).append(" now ").append(each.currentDirection());
      text.append(each.sender().track() == null ? ", no track" : ", track");
      text.append(", heard ").append(heard.getOrDefault(each.receiver().track(), 0));
    }
    return text.append(failures).toString();
  }
}
