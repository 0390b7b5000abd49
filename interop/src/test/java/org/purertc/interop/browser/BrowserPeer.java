package org.purertc.interop.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;

/** The peer in the browser as a test sees it: commands, events, and signalling with a Java peer. */
final class BrowserPeer implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Browser browser;
  private final PageServer server;
  private final Queue<JsonNode> events = new ArrayDeque<>();
  private final List<JsonNode> history = new ArrayList<>();
  private final List<JsonNode> forJava = new ArrayList<>();
  private final List<RTCIceCandidate> forPage = new ArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private RTCPeerConnection java;
  private boolean javaIsDescribed;
  private boolean pageIsDescribed;

  BrowserPeer(Browser browser) {
    this.browser = browser;
    this.server = new PageServer(browser.serverHost());
    server.listen(this::onEvent);
    try {
      browser.open(server.url());
      get(server.run("return navigator.userAgent"));
    } catch (AssertionError | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Gives the page a new RTCPeerConnection that trickles to this Java peer. */
  void meet(RTCPeerConnection peer, boolean trickle) {
    meet(peer, trickle, "{}");
  }

  /** The same with an RTCConfiguration, as JavaScript writes it. */
  void meet(RTCPeerConnection peer, boolean trickle, String configuration) {
    synchronized (events) {
      java = peer;
      javaIsDescribed = false;
      pageIsDescribed = false;
      events.clear();
      history.clear();
      refused.clear();
      forJava.clear();
      forPage.clear();
    }
    run("newPeer(" + trickle + ", " + configuration + ")");
    if (trickle) {
      peer.onIceCandidate(candidate -> toPage(peer, candidate));
    }
  }

  /** Java offers, the browser answers. */
  void javaOffers(boolean trickle) {
    javaOffers(trickle, "");
  }

  /** Java offers; the page runs this between the offer and its answer. */
  void javaOffers(boolean trickle, String beforeAnswer) {
    holdCandidates();
    RTCPeerConnection peer = java;
    String answer = beforeAnswer + "; return localDescription(" + trickle + ")";
    describeJava(peer, get(describePage(local(peer, trickle), answer)));
  }

  /** The browser offers, Java answers. */
  void browserOffers(boolean trickle) {
    holdCandidates();
    RTCPeerConnection peer = java;
    describeJava(peer, run("return localDescription(" + trickle + ")"));
    get(describePage(local(peer, trickle), ""));
  }

  /** A candidate that overtook its description would be taken for one of the generation before. */
  private void holdCandidates() {
    synchronized (events) {
      javaIsDescribed = false;
      pageIsDescribed = false;
    }
  }

  private static RTCSessionDescription local(RTCPeerConnection peer, boolean trickle) {
    RTCSessionDescription description = get(peer.setLocalDescription());
    return trickle ? description : get(peer.gatheringComplete());
  }

  /** Hands Java's description to the page, and after it the candidates that waited for it. */
  CompletableFuture<JsonNode> describePage(RTCSessionDescription description, String then) {
    synchronized (events) {
      CompletableFuture<JsonNode> result =
          server.run("await pc.setRemoteDescription(" + json(description) + "); " + then);
      pageIsDescribed = true;
      forPage.forEach(this::toPage);
      forPage.clear();
      return result;
    }
  }

  /** Hands the browser's description to Java, and after it the candidates that waited for it. */
  void describeJava(RTCPeerConnection peer, JsonNode description) {
    RTCSdpType type = RTCSdpType.valueOf(description.get("type").asText().toUpperCase(Locale.ROOT));
    // A stage of the future runs after the handlers of the track events.
    get(
        peer.setRemoteDescription(new RTCSessionDescription(type, description.get("sdp").asText()))
            .thenRun(() -> {}));
    synchronized (events) {
      javaIsDescribed = true;
      forJava.forEach(this::toJava);
      forJava.clear();
    }
  }

  private void toPage(RTCPeerConnection from, RTCIceCandidate candidate) {
    synchronized (events) {
      if (from != java) {
        return;
      }
      if (pageIsDescribed) {
        toPage(candidate);
      } else {
        forPage.add(candidate);
      }
    }
  }

  private void toPage(RTCIceCandidate candidate) {
    CompletableFuture<JsonNode> added =
        server.run(
            "await pc.addIceCandidate({candidate: "
                + quoted(candidate.candidate())
                + ", sdpMid: "
                + (candidate.sdpMid() == null ? "null" : quoted(candidate.sdpMid()))
                + ", sdpMLineIndex: "
                + candidate.sdpMLineIndex()
                + "})");
    var unused =
        added.exceptionally(
            error -> {
              refused.add(candidate.candidate() + ": " + error.getMessage());
              return null;
            });
  }

  private void toJava(JsonNode event) {
    JsonNode candidate = event.get("candidate");
    java.addIceCandidate(
        candidate.isNull()
            ? null
            : new RTCIceCandidate(
                candidate.get("candidate").asText(),
                candidate.get("sdpMid").asText(),
                candidate.get("sdpMLineIndex").asInt()));
  }

  private void onEvent(JsonNode event) {
    synchronized (events) {
      if (event.get("name").asText().equals("icecandidate")) {
        if (javaIsDescribed) {
          toJava(event);
        } else {
          forJava.add(event);
        }
        return;
      }
      events.add(event);
      history.add(event);
      events.notifyAll();
    }
  }

  /** Waits for the first event that fits, also one that came before, and takes it. */
  JsonNode await(String name, Predicate<JsonNode> fits) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    synchronized (events) {
      for (; ; ) {
        for (Iterator<JsonNode> all = events.iterator(); all.hasNext(); ) {
          JsonNode event = all.next();
          if (event.get("name").asText().equals(name) && fits.test(event)) {
            all.remove();
            return event;
          }
        }
        long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (leftMs <= 0) {
          throw new AssertionError("no event " + name + "; there were " + history);
        }
        try {
          events.wait(leftMs);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError(e);
        }
      }
    }
  }

  JsonNode await(String name) {
    return await(name, event -> true);
  }

  JsonNode awaitState(String state) {
    return await("connectionstatechange", event -> event.get("state").asText().equals(state));
  }

  /** Runs the body of an async function in the page and waits for its value. */
  JsonNode run(String body) {
    return get(server.run(body));
  }

  CompletableFuture<JsonNode> start(String body) {
    return server.run(body);
  }

  /** Candidates of Java that the browser did not take. */
  List<String> refusedCandidates() {
    return refused;
  }

  Browser browser() {
    return browser;
  }

  List<String> consoleErrors() {
    return browser.consoleErrors();
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

  static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  private static String json(RTCSessionDescription description) {
    return "{type: "
        + quoted(description.type().toString())
        + ", sdp: "
        + quoted(description.sdp())
        + "}";
  }

  @Override
  public void close() {
    browser.close();
    server.close();
  }
}
