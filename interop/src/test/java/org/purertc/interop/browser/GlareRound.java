package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.purertc.PerfectNegotiation;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;
import org.purertc.RTCSignalingState;

/**
 * One Java connection and one of the page, perfect negotiation on both, slow signalling between
 * them. When they meet at once, no description arrives before both have offered.
 */
final class GlareRound implements PerfectNegotiation.Signaling, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

  private final GlarePlan plan;
  private final PageServer page;
  private final ScheduledExecutorService thread;
  private final JavaGlareSide java;
  private final SlowCarrier toPage;
  private final SlowCarrier toJava;
  private final List<String> failures = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private final long startNs = System.nanoTime();
  private boolean javaHasOffered;
  private boolean pageHasOffered;
  private int javaMomentsLeft;
  private int pageIsHandling;

  /**
   * @param media the callbacks of its connection run on {@code thread}
   */
  GlareRound(
      GlarePlan plan, PageServer page, JavaGlareMedia media, ScheduledExecutorService thread) {
    this.plan = plan;
    this.page = page;
    this.thread = thread;
    toPage = new SlowCarrier(thread, plan.seed(), plan.meetsAtOnce());
    toJava = new SlowCarrier(thread, ~plan.seed(), plan.meetsAtOnce());
    java = new JavaGlareSide(media, plan.javaIsPolite(), this);
    page.listen(event -> thread.execute(() -> fromPage(event)));
  }

  /** Plays the round to its end and looks at what it left. */
  void play() {
    BrowserPeer.get(
        page.run(
            "await newSide(%d, %s, %s)"
                .formatted(plan.seed(), !plan.javaIsPolite(), JSON.valueToTree(plan.page()))));
    javaMomentsLeft = plan.java().size();
    for (GlarePlan.Moment moment : plan.java()) {
      Runnable act =
          () -> {
            javaMomentsLeft--;
            java.act(moment);
          };
      var unused = thread.schedule(act, moment.atMs(), TimeUnit.MILLISECONDS);
    }
    long endNs = System.nanoTime() + LIMIT_NS;
    JsonNode pageState = pageState();
    while (!isOver(pageState)) {
      assertThat(System.nanoTime()).as("%s; page %s", this, pageState).isLessThan(endNs);
      pageState = pageState();
    }
    String state = this + "; page " + pageState;
    BrowserPeer.get(CompletableFuture.runAsync(() -> assertEnd(state), thread));
    assertPage(pageState, state);
    new GlareAgreement(this::onThread, java.media, page).check(state);
  }

  private JsonNode pageState() {
    return BrowserPeer.get(page.run("return await glareState()"));
  }

  /** Whether nothing is under way, and each channel was heard on both sides. */
  private boolean isOver(JsonNode seenPage) {
    int carriedNow = onThread(() -> isSignalingIdle() ? carried() : -1);
    JsonNode pageNow = pageState();
    // Whatever comes of it, an operation ends after those before it: after an offer that is being
    // applied, and after its answer.
    BrowserPeer.get(java.connection.createOffer().handle((offer, reason) -> offer));
    BrowserPeer.get(java.connection.createOffer().handle((offer, reason) -> offer));
    return onThread(() -> carried() == carriedNow && isComplete(pageNow))
        && pageNow.equals(seenPage);
  }

  private <T> T onThread(Supplier<T> look) {
    return BrowserPeer.get(CompletableFuture.supplyAsync(look, thread));
  }

  private boolean isSignalingIdle() {
    return toPage.isEmpty() && toJava.isEmpty() && pageIsHandling == 0;
  }

  private int carried() {
    return toPage.carried() + toJava.carried();
  }

  private boolean isComplete(JsonNode pageState) {
    boolean isFailed =
        !failures.isEmpty() || !java.failures.isEmpty() || !pageState.get("failures").isEmpty();
    return isFailed
        || (javaMomentsLeft == 0
            && isSignalingIdle()
            && java.echoed.size() == java.created
            && pageState.get("received").size() == java.created
            && pageState.get("echoed").size() == pageState.get("created").asInt()
            && java.received.size() == pageState.get("created").asInt());
  }

  private void assertEnd(String state) {
    assertThat(failures).as(state).isEmpty();
    assertThat(java.failures).as(state).isEmpty();
    assertThat(java.connection.signalingState()).as(state).isEqualTo(RTCSignalingState.STABLE);
    List<String> created = labels("java", java.created);
    assertThat(java.opened).as(state).containsExactlyInAnyOrderElementsOf(created);
    assertThat(java.echoed).as(state).containsExactlyInAnyOrderElementsOf(created);
    assertThat(java.collisions > 0 || !plan.meetsAtOnce()).as(state).isTrue();
  }

  private void assertPage(JsonNode pageState, String state) {
    assertThat(pageState.get("failures")).as(state).isEmpty();
    assertThat(pageState.get("signalingState").asText()).as(state).isEqualTo("stable");
    List<String> created = labels("page", pageState.get("created").asInt());
    assertThat(texts(pageState.get("opened"))).containsExactlyInAnyOrderElementsOf(created);
    assertThat(texts(pageState.get("echoed"))).containsExactlyInAnyOrderElementsOf(created);
    assertThat(java.received).as(state).containsExactlyInAnyOrderElementsOf(created);
    assertThat(texts(pageState.get("received"))).containsExactlyInAnyOrderElementsOf(java.echoed);
    boolean isWithoutCollision = pageState.get("collisions").asInt() == 0;
    assertThat(isWithoutCollision && plan.meetsAtOnce()).as(state).isFalse();
  }

  private static List<String> labels(String side, int count) {
    return IntStream.range(0, count).mapToObj(number -> side + " " + number).toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private void fromPage(JsonNode event) {
    if (event.get("round").asLong() != plan.seed()) {
      return; // the page was still telling of a round that failed
    }
    JsonNode message = event.get("message");
    JsonNode description = message.get("description");
    if (description == null) {
      RTCIceCandidate candidate = candidate(message.get("candidate"));
      toJava.carry(() -> java.receive(candidate));
      return;
    }
    RTCSdpType type = RTCSdpType.valueOf(description.get("type").asText().toUpperCase(Locale.ROOT));
    var received = new RTCSessionDescription(type, description.get("sdp").asText());
    note("page sends", type);
    toJava.carry(
        () -> {
          note("Java gets", type);
          java.receive(received);
        });
    pageHasOffered = true;
    releaseWhenBothHaveOffered();
  }

  private static RTCIceCandidate candidate(JsonNode candidate) {
    return new RTCIceCandidate(
        candidate.get("candidate").asText(),
        candidate.get("sdpMid").asText(),
        candidate.get("sdpMLineIndex").asInt(),
        candidate.get("usernameFragment").asText());
  }

  private void releaseWhenBothHaveOffered() {
    if (javaHasOffered && pageHasOffered) {
      toPage.release();
      toJava.release();
    }
  }

  @Override
  public void send(RTCSessionDescription description) {
    ObjectNode message = JSON.createObjectNode();
    message
        .putObject("description")
        .put("type", description.type().toString())
        .put("sdp", description.sdp());
    note("Java sends", description.type());
    toPage.carry(
        () -> {
          note("page gets", description.type());
          handOver(message);
        });
    javaHasOffered = true;
    releaseWhenBothHaveOffered();
  }

  @Override
  public void send(RTCIceCandidate candidate) {
    ObjectNode message = JSON.createObjectNode();
    message
        .putObject("candidate")
        .put("candidate", candidate.candidate())
        .put("sdpMid", candidate.sdpMid())
        .put("sdpMLineIndex", candidate.sdpMLineIndex())
        .put("usernameFragment", candidate.usernameFragment());
    toPage.carry(() -> handOver(message));
  }

  private void handOver(ObjectNode message) {
    pageIsHandling++;
    var unused =
        page.run("await onSignal(%d, %s)".formatted(plan.seed(), message))
            .whenCompleteAsync(
                (done, reason) -> {
                  pageIsHandling--;
                  if (reason != null) {
                    failed(reason);
                  }
                },
                thread);
  }

  private void note(String event, RTCSdpType type) {
    long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    story.add("%d ms %s %s".formatted(ms, event, type));
  }

  @Override
  public void failed(Throwable reason) {
    failures.add(reason.toString());
  }

  @Override
  public void close() {
    page.listen(event -> {});
    java.connection.close();
  }

  @Override
  public String toString() {
    return plan + ": " + java + ", " + failures + ", " + story;
  }
}
