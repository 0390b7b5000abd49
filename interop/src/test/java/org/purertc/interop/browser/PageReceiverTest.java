package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.interop.cli.Program;

/** The page's receiver against senders that lie. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageReceiverTest {
  private static final Path SENDER = Path.of("src", "test", "resources", "browser");
  private static final String NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir Path folder;

  private Program demo;
  private Playwright playwright;
  private com.microsoft.playwright.Browser chromium;
  private Page page;

  @BeforeAll
  void start() {
    demo = Program.purertc("demo", "--port", "0");
    playwright = Chromium.playwright();
    chromium = Chromium.launch(playwright);
    page = chromium.newPage();
    page.route(
        "**/fake-sender.js",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/javascript")
                    .setPath(SENDER.resolve("fake-sender.js"))));
    page.navigate(demo.await("(http://\\S+)").group(1));
  }

  @AfterAll
  void stop() {
    chromium.close();
    playwright.close();
    demo.close();
  }

  /** Runs with `receiveFrom` and `offering` of fake-sender.js, and a file `f` of five bytes. */
  private Map<?, ?> receive(String script) {
    return (Map<?, ?>)
        page.evaluate(
            """
            async () => {
              const { receiveFrom, offering } = await import('/fake-sender.js');
              const hello = { type: 'hello', version: 2, role: 'sender' };
              const f = { path: 'f', kind: 'file', size: 5, modified: 0 };
              const five = offering([f], { files: 1, bytes: 5 });
              const begin = { type: 'file', file: 0, from: 0 };
              const end = { type: 'end', file: 0, sha256: '%s' };
              return receiveFrom(%s);
            }
            """
                .formatted(NOTHING, script));
  }

  @Test
  void anHonestOneIsVerified() {
    Map<?, ?> result =
        receive(
            "{ greeting: offering([{ ...f, size: 0 }], { files: 1, bytes: 0 }),"
                + " rest: [begin, end, { type: 'done' }] }");
    assertThat(result.get("code")).isEqualTo("");
    assertThat(result.get("verified")).isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name     | [{ ...f, path: '../f' }]",
        "name     | [{ ...f, path: '/f' }]",
        "name     | [{ ...f, path: 'C:\\\\f' }]",
        "name     | [{ ...f, path: 'a\\nb' }]",
        "name     | [{ ...f, path: '\\ud800' }]",
        "name     | [{ ...f, path: 'x'.repeat(256) }]",
        "name     | [{ ...f, path: '.purertc-0123456789abcdef0123.part' }]",
        "name     | [f, { path: 'l', kind: 'link', target: '../etc' }]",
        "name     | [f, { path: 'l', kind: 'link', target: '/etc' }]",
        "name     | [f, { path: 'l', kind: 'link', target: 'f/../../x' }]",
        "protocol | [f, f]",
        "protocol | [{ ...f, path: 'd/f' }]",
        "protocol | [{ path: 'l', kind: 'link', target: 'l' }, { ...f, path: 'l/f' }]",
        "protocol | [{ ...f, size: -1 }]",
        "protocol | [{ ...f, size: 6 }]",
        "protocol | [{ ...f, size: 'many' }]",
        "protocol | [{ ...f, kind: 'device' }]",
        "protocol | [{ ...f, modified: 1e300 }]",
        "protocol | [null]",
        "protocol | []",
        "protocol | 5",
      })
  void aLyingListIsRefusedBeforeTheUserSeesIt(String code, String entries) {
    Map<?, ?> result = receive("{ greeting: offering(" + entries + ", { files: 1, bytes: 5 }) }");
    assertThat(result.get("code")).isEqualTo(code);
    assertThat(result.get("told")).isEqualTo(code);
    assertThat(result.get("offered")).isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hash     | [begin, 5, end]",
        "protocol | [begin, 4, end]",
        "protocol | [begin, 6]",
        "protocol | [5]",
        "protocol | [end]",
        "protocol | [begin, begin]",
        "protocol | [{ ...begin, from: 3 }]",
        "protocol | [{ ...begin, file: 1 }]",
        "protocol | [begin, { type: 'zeros', bytes: 1e9 }]",
        "protocol | [{ type: 'done' }]",
        "protocol | [hello]",
        "protocol | ['no message']",
        "protocol | Array(40).fill(1 << 20)",
      })
  void wrongBytesAreNeverVerified(String code, String rest) {
    Map<?, ?> result = receive("{ greeting: five, rest: " + rest + " }");
    assertThat(result.get("code")).isEqualTo(code);
    assertThat(result.get("told")).isEqualTo(code);
    assertThat(result.get("verified")).isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello",
        "{ ...hello, proof: '' }",
        "{ ...hello, proof: 'proof of receiver' }",
      })
  void aSenderWithoutProofGetsNoFurther(String answer) {
    Map<?, ?> result = receive("{ secret: true, greeting: [" + answer + ", ...five.slice(1)] }");
    assertThat(result.get("code")).isEqualTo("authentication");
    assertThat(result.get("offered")).isEqualTo(false);
  }

  @Test
  void aZipHoldsMoreFilesThanSixteenBitsCount() throws IOException {
    Object zip =
        page.evaluate(
            """
            async () => {
              const { ZipStore } = await import('/assets/zip.js');
              const { MemoryOutput } = await import('/assets/output.js');
              const entries = Array.from({ length: 70_000 }, (_, i) => ({
                path: `f${i}`, kind: 'file', size: 0, modified: 0, executable: false,
              }));
              const output = new MemoryOutput();
              const store = new ZipStore(output, { entries });
              for (const [index, entry] of entries.entries()) {
                await store.begin(index, entry, 0);
                await store.commit(0, 0);
              }
              await store.finish();
              const reader = new FileReader();
              reader.readAsDataURL(output.blob);
              await new Promise((resolve) => (reader.onload = resolve));
              return reader.result.split(',')[1];
            }
            """);
    Path file = Files.write(folder.resolve("many.zip"), Base64.getDecoder().decode((String) zip));
    try (ZipFile opened = new ZipFile(file.toFile())) {
      assertThat(opened.size()).isEqualTo(70_000);
      assertThat(opened.getEntry("f69999")).isNotNull();
    }
  }
}
