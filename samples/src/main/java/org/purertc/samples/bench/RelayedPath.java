package org.purertc.samples.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCSessionDescription;
import org.purertc.samples.relay.BadNetwork;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.SignalingMessage.Candidate;
import org.purertc.samples.signaling.SignalingMessage.Description;

/**
 * Descriptions pass without candidates. Of each end one candidate on 127.0.0.1 is taken; then a
 * relay starts between the two, and its ports are the only candidates that the ends learn.
 */
final class RelayedPath implements SignalPath {
  private static final Pattern LOOPBACK_UDP =
      Pattern.compile(
          "candidate:\\S+ 1 udp \\d+ 127\\.0\\.0\\.1 (\\d{1,5}) typ host",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CANDIDATE_LINES =
      Pattern.compile("a=(?:candidate:[^\r\n]*|end-of-candidates)\r?\n");

  private final NetworkConditions network;
  private final Consumer<SignalingMessage> toOfferer;
  private final Consumer<SignalingMessage> toAnswerer;
  private @Nullable InetSocketAddress offerer;
  private @Nullable InetSocketAddress answerer;
  private @Nullable BadNetwork relay;
  private boolean closed;

  RelayedPath(
      NetworkConditions network,
      Consumer<SignalingMessage> toOfferer,
      Consumer<SignalingMessage> toAnswerer) {
    this.network = network;
    this.toOfferer = toOfferer;
    this.toAnswerer = toAnswerer;
  }

  @Override
  public void fromOfferer(SignalingMessage message) {
    pass(message, toAnswerer);
    InetSocketAddress address = address(message);
    synchronized (this) {
      offerer = offerer == null ? address : offerer;
    }
    connect();
  }

  @Override
  public void fromAnswerer(SignalingMessage message) {
    pass(message, toOfferer);
    InetSocketAddress address = address(message);
    synchronized (this) {
      answerer = answerer == null ? address : answerer;
    }
    connect();
  }

  private static void pass(SignalingMessage message, Consumer<SignalingMessage> to) {
    if (message instanceof Description it) {
      RTCSessionDescription whole = it.description();
      String rest = CANDIDATE_LINES.matcher(whole.sdp()).replaceAll("");
      to.accept(new Description(new RTCSessionDescription(whole.type(), rest)));
    } else if (!(message instanceof Candidate)) {
      to.accept(message);
    }
  }

  private static @Nullable InetSocketAddress address(SignalingMessage message) {
    String text =
        message instanceof Candidate it
            ? it.candidate().candidate()
            : message instanceof Description that ? that.description().sdp() : "";
    Matcher matcher = LOOPBACK_UDP.matcher(text);
    if (!matcher.find()) {
      return null;
    }
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return new InetSocketAddress(loopback, Integer.parseInt(matcher.group(1)));
    } catch (java.net.UnknownHostException | IllegalArgumentException noPort) {
      return null;
    }
  }

  private void connect() {
    try {
      RTCIceCandidate forOfferer;
      RTCIceCandidate forAnswerer;
      synchronized (this) {
        if (closed || relay != null || offerer == null || answerer == null) {
          return;
        }
        BadNetwork started = BadNetwork.start(offerer, answerer, network.rttNs(), network.loss());
        relay = started;
        forOfferer = candidate(started.addressForA());
        forAnswerer = candidate(started.addressForB());
      }
      toOfferer.accept(new Candidate(forOfferer));
      toAnswerer.accept(new Candidate(forAnswerer));
    } catch (IOException e) {
      toOfferer.accept(new SignalingMessage.Failure("the relay did not start: " + e.getMessage()));
    }
  }

  private static RTCIceCandidate candidate(InetSocketAddress relay) {
    String text = "candidate:1 1 udp 2130706431 127.0.0.1 " + relay.getPort() + " typ host";
    return new RTCIceCandidate(text, null, 0);
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (relay != null) {
      relay.close();
    }
  }
}
