package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.interop.cli.Program;
import org.purertc.interop.turn.Coturn;

/** The doctor page of {@code purertc serve}, with coturn as the server's TURN server. */
@Tag("interop")
class DoctorPageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** A port at which nobody answers. */
  private static final String SILENT = "turn:127.0.0.1:9";

  @TempDir Path directory;

  private static String has(String key) {
    return "document.querySelector('[data-key=%s]') !== null".formatted(key);
  }

  private static String says(String key, String text) {
    return "document.querySelector('[data-key=%s]')?.textContent.includes('%s')"
        .formatted(key, text);
  }

  /** The page's rules, on what a browser could have seen. */
  private static final String RULES =
      """
      async () => {
        const { diagnose, say } = await import('/assets/doctor-rules.js');
        const words = await (await fetch('/assets/doctor-words.json')).json();
        const way = (protocol, address, code, asked = true, error = 'no answer') =>
          ({ url: 'turn:t', protocol, asked, address, code, error, ms: 3 });
        const relays = (carried) => ({ ...way('UDP', '192.0.2.9:5', 0), carried });
        const figures = { rate: '8.0 Mbit/s', ms: '2.0', path: 'relay to relay' };
        const silent = { url: 'stun:a', mapped: null, ms: 0, code: 701 };
        const answers = { url: 'stun:a', mapped: '192.0.2.1:7', ms: 3, code: 0 };
        const server = { reached: true, reason: 'why', protocol: null, bandwidth: null };
        const cases = [
          { stun: [silent], turn: [way('TLS', '192.0.2.9:5', 0)] },
          { stun: [silent], turn: [way('UDP', null, 701), way('TCP', null, 701, false)] },
          { stun: [answers], turn: [], mapping: 'address-dependent' },
          { stun: [], turn: [way('UDP', null, 401), way('TLS', null, 701, true, 'TLS alert')] },
          { stun: [], turn: [], server: { reached: false, reason: 'why' } },
          { stun: [{ ...answers, url: 'stun:127.0.0.1:3478' }], turn: [] },
          { stun: [], turn: [relays(figures), relays(null)] },
        ];
        return cases
          .map((it) => diagnose({ addresses: [], mapping: null, server, ...it }))
          .map((all) => all.map((it) => say(words, it)))
          .map((all) => all.map(({ key, text }) => (/[{}]/.test(text) ? text : key)).join(' '));
      }
      """;

  private static void concludesWhatTheCommandConcludes(CallMember page) {
    assertThat(page.page().evaluate(RULES))
        .isEqualTo(
            List.of(
                "addresses-none stun-silent udp-blocked turn-works server-reached bandwidth-none",
                "addresses-none stun-silent udp-silent turn-unreachable turn-also relay-none"
                    + " server-reached bandwidth-none",
                "addresses-none stun-answers udp-open nat-hard turn-none server-reached"
                    + " bandwidth-none",
                "addresses-none udp-open turn-wrong-credentials turn-certificate relay-none"
                    + " server-reached bandwidth-none",
                "addresses-none udp-unknown turn-none server-unreachable",
                "addresses-none stun-answers udp-here turn-none server-reached bandwidth-none",
                "addresses-none udp-open turn-works relay-carries turn-works relay-silent"
                    + " server-reached bandwidth-none"));
  }

  private static Program serve(String host, Coturn turn) {
    String ice = turn.url("turn", "") + "," + Coturn.USER + "," + Coturn.PASSWORD;
    return Program.purertc("serve", "--host", host, "--port", "0", "--ice-server", ice);
  }

  private static String address(Program server) {
    return server.await("(http://[^/\\s]+)").group(1) + "/doctor";
  }

  @Test
  void chromiumFindsTheRelayAndWhatIsWrongWithAnotherOne() throws Exception {
    try (Coturn turn = Coturn.longTerm(directory);
        Program server = serve("127.0.0.1", turn);
        Playwright playwright = Chromium.playwright();
        var chromium = Chromium.launch(playwright);
        CallMember page = new CallMember(chromium, address(server), "doctor")) {
      concludesWhatTheCommandConcludes(page);
      page.at("examine").click();
      page.await(has("bandwidth"));
      page.await(has("turn-works"));
      page.await(says("relay-carries", "relay to relay"));
      page.await(has("udp-here"));
      assertThat(page.at("doctor-state")).hasText("all is well");
      page.at("url").fill(SILENT);
      page.at("user").fill("nobody");
      page.at("examine").click();
      assertThat(page.at("error-line")).containsText("a user name and a password");
      page.at("password").fill("nothing");
      page.at("examine").click();
      page.await(says("turn-unreachable", SILENT));
      assertThat(page.at("doctor-state")).hasText("something is wrong");
      page.fits("doctor");
      assertThat(page.errors()).isEmpty();
    }
  }

  @Test
  void chromiumFindsThatARelayCarriesNothing() throws Exception {
    try (Coturn turn = Coturn.longTerm(directory, "--denied-peer-ip=127.0.0.0-127.255.255.255");
        Program server = serve("127.0.0.1", turn);
        Playwright playwright = Chromium.playwright();
        var chromium = Chromium.launch(playwright);
        CallMember page = new CallMember(chromium, address(server), "doctor")) {
      page.at("examine").click();
      page.await(has("relay-silent"));
      page.await(has("turn-works"));
      assertThat(page.at("doctor-state")).hasText("something is wrong");
      assertThat(page.errors()).isEmpty();
    }
  }

  @Tag("long")
  @Test
  void firefoxFindsTheRelay() throws Exception {
    Files.createDirectories(SCREENSHOTS);
    try (Firefox firefox = new Firefox();
        Coturn turn = Coturn.longTermAt(firefox.serverHost(), directory);
        Program server = serve(firefox.serverHost(), turn)) {
      FirefoxPage page = firefox.page();
      page.navigate(address(server));
      page.evaluate("document.getElementById('examine').click()");
      page.await(has("bandwidth"));
      page.await(has("turn-works"));
      page.await(says("relay-carries", "relay to relay"));
      page.await(has("udp-open"));
      fits(page, "doctor");
      assertThat(page.consoleErrors()).isEmpty();
    }
  }

  private static void fits(FirefoxPage page, String name) throws IOException {
    for (int width : new int[] {360, 768, 1_440}) {
      page.viewport(width, 900);
      page.await("innerWidth === " + width);
      page.screenshot(SCREENSHOTS.resolve(name + "-firefox-" + width + ".png"));
      assertThat(page.evaluate(CallPage.OVERFLOW).asInt()).as("scroll at " + width).isZero();
      assertThat(page.evaluate(CallPage.OVERLAPS).asText()).as("width " + width).isEmpty();
    }
  }
}
