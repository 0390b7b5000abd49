package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;

/**
 * Offers of Java and of a browser that meet, W3C's perfect negotiation on both sides, Java polite
 * with odd seeds and impolite with even ones; the same for each browser.
 */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserGlareTest {
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final PeerConnectionFactory factory = PeerConnectionFactory.builder().build();
  private final GlareTracks tracks = new GlareTracks();
  private Browser browser;
  private PageServer page;

  abstract Browser start();

  @BeforeAll
  void open() {
    browser = start();
    page = new PageServer(browser.serverHost());
    browser.open(page.url());
  }

  @AfterAll
  void close() {
    factory.close();
    if (browser != null) {
      browser.close();
    }
    if (page != null) {
      page.close();
    }
    tracks.close();
    thread.shutdownNow();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 4);
  }

  static LongStream moreSeeds() {
    return LongStream.rangeClosed(5, 208);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothSidesEndStableAndEachChannelOpens(long seed) {
    play(GlarePlan.of(seed));
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("moreSeeds")
  void bothSidesEndStableAndEachChannelOpensInTwoHundredRounds(long seed) {
    play(GlarePlan.of(seed));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothSidesEndStableAndMediaFlowsAsAgreed(long seed) {
    play(GlarePlan.ofMedia(seed));
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("moreSeeds")
  void bothSidesEndStableAndMediaFlowsAsAgreedInTwoHundredRounds(long seed) {
    play(GlarePlan.ofMedia(seed));
  }

  private void play(GlarePlan plan) {
    RTCConfiguration onOneThread = RTCConfiguration.builder().callbackExecutor(thread).build();
    try (GlareRound round =
        new GlareRound(
            plan,
            page,
            new JavaGlareMedia(factory.createPeerConnection(onOneThread), tracks),
            thread)) {
      round.play();
    }
    assertThat(browser.consoleErrors()).as("%s", plan).isEmpty();
  }
}
