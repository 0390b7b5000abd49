package org.purertc.interop.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
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
  private final Queue<JsonNode> heldCandidates = new ArrayDeque<>();
  private RTCPeerConnection java;
  private boolean described;

  BrowserPeer(Browser browser) {
    this.browser = browser;
    this.server = new PageServer(browser.serverHost());
    server.listen(this::onEvent);
    browser.open(server.url());
    get(server.run("return navigator.userAgent"));
  }

  /** Gives the page a new RTCPeerConnection that trickles to this Java peer. */
  void meet(RTCPeerConnection peer, boolean trickle) {
    synchronized (events) {
      java = peer;
      described = false;
      events.clear();
      history.clear();
      heldCandidates.clear();
    }
    run("newPeer(" + trickle + ")");
    if (trickle) {
      peer.onIceCandidate(this::toPage);
    }
  }

  /** Java offers, the browser answers. */
  void javaOffers(boolean trickle) {
    RTCPeerConnection peer = java;
    RTCSessionDescription offer = local(peer, trickle);
    run(
        "await pc.setRemoteDescription(" + json(offer) + "); return localDescription(" + trickle
            + ")",
        answer -> remote(peer, answer));
  }

  /** The browser offers, Java answers. */
  void browserOffers(boolean trickle) {
    RTCPeerConnection peer = java;
    run("return localDescription(" + trickle + ")", offer -> remote(peer, offer));
    run("await pc.setRemoteDescription(" + json(local(peer, trickle)) + ")");
  }

  private static RTCSessionDescription local(RTCPeerConnection peer, boolean trickle) {
    RTCSessionDescription description = get(peer.setLocalDescription());
    return trickle ? description : get(peer.gatheringComplete());
  }

  /** Hands the browser's answer to Java. */
  void answer(RTCPeerConnection peer, JsonNode description) {
    remote(peer, description);
  }

  private void remote(RTCPeerConnection peer, JsonNode description) {
    RTCSdpType type = RTCSdpType.valueOf(description.get("type").asText().toUpperCase());
    get(peer.setRemoteDescription(new RTCSessionDescription(type, description.get("sdp").asText())));
    synchronized (events) {
      described = true;
      heldCandidates.forEach(this::toJava);
      heldCandidates.clear();
    }
  }

  private void toPage(RTCIceCandidate candidate) {
    server.run(
        "await pc.addIceCandidate({candidate: "
            + quoted(candidate.candidate())
            + ", sdpMid: "
            + (candidate.sdpMid() == null ? "null" : quoted(candidate.sdpMid()))
            + ", sdpMLineIndex: "
            + candidate.sdpMLineIndex()
            + "})");
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
        if (described) {
          toJava(event);
        } else {
          heldCandidates.add(event);
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

  private void run(String body, java.util.function.Consumer<JsonNode> then) {
    then.accept(run(body));
  }

  CompletableFuture<JsonNode> start(String body) {
    return server.run(body);
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
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static String quoted(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
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
