package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether Java and the page agree about their media after a glare round, and it flows like that.
 */
final class GlareAgreement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
  private static final int FLOWING = 3; // frames or packets

  private final Supplier<List<GlareTransceiver>> ofJava;
  private final PageServer page;
  private final Supplier<String> javaDescription;

  /**
   * @param media looked at on the thread of its callbacks only
   */
  GlareAgreement(
      Function<Supplier<List<GlareTransceiver>>, List<GlareTransceiver>> onThread,
      JavaGlareMedia media,
      PageServer page) {
    ofJava = () -> onThread.apply(media::transceivers);
    javaDescription = () -> media.connection.localDescription().sdp();
    this.page = page;
  }

  /**
   * @param state the round's, for messages
   */
  void check(String state) {
    assertThat(BrowserPeer.get(page.run("return glareMids()")))
        .as(state)
        .hasToString(JSON.valueToTree(mids(javaDescription.get())).toString());
    Map<String, GlareTransceiver> java = byMid(ofJava.get());
    Map<String, GlareTransceiver> browser = byMid(ofPage());
    assertThat(java.keySet()).as(state).isEqualTo(browser.keySet());
    for (GlareTransceiver ours : java.values()) {
      GlareTransceiver theirs = browser.get(ours.mid());
      String pair = "%s, page %s; %s".formatted(ours, theirs, state);
      assertThat(ours.kind()).as(pair).isEqualTo(theirs.kind());
      assertThat(ours.currentDirection()).as(pair).isEqualTo(ours.agreedWith(theirs));
      assertThat(theirs.currentDirection()).as(pair).isEqualTo(theirs.agreedWith(ours));
    }
    awaitFlow(java, browser, ofJava, "to Java; " + state);
    awaitFlow(browser, java, this::ofPage, "to the page; " + state);
  }

  /** Each transceiver whose other side sends gets more than it had. */
  private static void awaitFlow(
      Map<String, GlareTransceiver> before,
      Map<String, GlareTransceiver> others,
      Supplier<List<GlareTransceiver>> look,
      String direction) {
    long endNs = System.nanoTime() + LIMIT_NS;
    List<GlareTransceiver> dry;
    do {
      dry =
          look.get().stream()
              .filter(
                  now ->
                      others.get(now.mid()).isSending()
                          && now.received() < before.get(now.mid()).received() + FLOWING)
              .toList();
      assertThat(System.nanoTime()).as("%s do not get media %s", dry, direction).isLessThan(endNs);
    } while (!dry.isEmpty());
  }

  private static List<String> mids(String sdp) {
    return sdp.lines().filter(line -> line.startsWith("a=mid:")).toList();
  }

  private List<GlareTransceiver> ofPage() {
    return JSON.convertValue(
        BrowserPeer.get(page.run("return await glareTransceivers()")), new TypeReference<>() {});
  }

  private static Map<String, GlareTransceiver> byMid(List<GlareTransceiver> all) {
    return all.stream().collect(Collectors.toMap(GlareTransceiver::mid, Function.identity()));
  }
}
