package org.purertc.interop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.purertc.interop.cli.Program;

/** The call page as its members see it: Chromium, its fake devices, {@code purertc serve}. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallPageTest {
  private static final int FILE_BYTES = 5_000_000;
  private static final String REFUSED =
      """
      MediaDevices.prototype.getUserMedia = async () => {
        throw new DOMException('refused', 'NotAllowedError');
      };
      """;

  /** Headless Chromium has no screen to share. */
  private static final String SCREEN =
      """
      navigator.mediaDevices.getDisplayMedia = async () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 400 });
        const context = canvas.getContext('2d');
        setInterval(() => {
          context.fillStyle = `hsl(${performance.now() / 20} 50% 50%)`;
          context.fillRect(0, 0, 640, 400);
        }, 100);
        return canvas.captureStream();
      };
      """;

  /** Lets a test say that a path has failed. */
  private static final String FAILABLE =
      """
      window.connections = [];
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(configuration) {
          super(configuration);
          connections.push(this);
        }
        get connectionState() {
          return this.claimed ?? super.connectionState;
        }
        fail() {
          this.claimed = 'failed';
          this.dispatchEvent(new Event('connectionstatechange'));
        }
        works() {
          this.claimed = undefined;
          this.dispatchEvent(new Event('connectionstatechange'));
        }
      };
      """;

  private static final String USER_FRAGMENT =
      "connections[0].currentRemoteDescription.sdp.match(/a=ice-ufrag:(\\S+)/)[1]";

  private Program server;
  private String url;
  private Playwright playwright;
  private com.microsoft.playwright.Browser chromium;

  @BeforeAll
  void start() {
    server = Program.purertc("serve", "--port", "0");
    url = server.await("(http://[^/\\s]+)").group(1);
    playwright = Chromium.playwright();
    chromium = Chromium.launch(playwright, CallMember.SLOW_CAMERA);
  }

  @AfterAll
  void stop() {
    chromium.close();
    playwright.close();
    server.close();
  }

  @Test
  void twoMembersSeeEachOtherChatAndExchangeAFile() throws IOException {
    try (CallMember ada = member("tea", "Ada", SCREEN);
        CallMember bob = member("tea", "Bob", "")) {
      ada.join();
      ada.says("I am the first <b>here</b>");
      bob.join();
      ada.seesAndHears("Bob");
      bob.seesAndHears("Ada");
      bob.reads("Ada: I am the first <b>here</b>");
      bob.says("grüß dich");
      ada.reads("Bob: grüß dich");
      ada.drops("zeros <i>.bin", FILE_BYTES, "[data-member]");
      assertThat(bob.accepts()).hasSize(FILE_BYTES).startsWith(pattern());
      assertThat(ada.at("transfer")).containsText("Bob has it", CallMember.patiently());
      ada.at("screen-switch").click();
      bob.await(CallPage.moves("Ada: screen"));
      bob.fits("call");
      ada.at("camera-switch").click();
      bob.await(CallPage.isDark("Ada"));
      bob.showsInMembers("Ada, host, camera off, shares the screen");
      ada.at("leave").click();
      bob.await(CallPage.hasTiles(1));
      bob.reads("Ada left.");
      assertThat(ada.errors()).isEmpty();
      assertThat(bob.errors()).isEmpty();
    }
  }

  private static byte[] pattern() {
    byte[] start = new byte[2_000];
    start[997] = (byte) 997;
    start[1_994] = (byte) 1_994;
    return start;
  }

  @Test
  void whoRefusesTheCameraIsToldAndSeesTheOthers() throws IOException {
    try (CallMember ada = member("shy", "Ada", "").join();
        CallMember bob = member("shy", "Bob", REFUSED)) {
      assertThat(bob.at("media-error")).containsText("may not use the camera");
      bob.fits("call-lobby");
      bob.joinAsIs();
      bob.seesAndHears("Ada");
      ada.await(CallPage.isDark("Bob"));
      ada.showsInMembers("Bob, microphone off, camera off");
      assertThat(bob.errors()).isEmpty();
    }
  }

  @Test
  void aSeventhMemberIsTold() throws IOException, InterruptedException {
    for (int i = 0; i < 6; i++) {
      enter("full", "number " + i);
    }
    try (CallMember late = member("full", "Late", "")) {
      late.join();
      assertThat(late.at("join-error")).containsText("The room is full", CallMember.patiently());
      assertThat(late.at("join")).isEnabled();
      assertThat(late.errors()).isEmpty();
    }
  }

  /** A member that knows HTTP only. */
  private void enter(String room, String name) throws IOException, InterruptedException {
    String hello =
        "{\"type\":\"hello\",\"version\":1,\"room\":\"%s\",\"name\":\"%s\"}".formatted(room, name);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/signaling/sessions"))
            .POST(HttpRequest.BodyPublishers.ofString(hello))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void theServerGoesAndComesBackAndThePicturesStay() {
    Program first = Program.purertc("serve", "--port", "0");
    String address = first.await("(http://[^/\\s]+)").group(1);
    try (CallMember ada = new CallMember(chromium, address + "/call#again", "Ada");
        CallMember bob = new CallMember(chromium, address + "/call#again", "Bob")) {
      ada.join();
      bob.join();
      ada.seesAndHears("Bob");
      first.kill();
      assertThat(ada.at("room-state")).containsText("reconnecting", CallMember.patiently());
      ada.await(CallPage.moves("Bob"));
      String port = Integer.toString(URI.create(address).getPort());
      try (Program second = Program.purertc("serve", "--port", port)) {
        second.await("http://");
        assertThat(ada.at("room-state")).containsText("in the room", CallMember.patiently());
        assertThat(bob.at("room-state")).containsText("in the room", CallMember.patiently());
        ada.seesAndHears("Bob");
        bob.seesAndHears("Ada");
      }
    } finally {
      first.close();
    }
  }

  @Test
  void aPathThatFailedIsSoughtAnew() {
    try (CallMember ada = member("restart", "Ada", FAILABLE);
        CallMember bob = member("restart", "Bob", FAILABLE)) {
      ada.join();
      bob.join();
      ada.seesAndHears("Bob");
      bob.seesAndHears("Ada");
      Object before = bob.page().evaluate(USER_FRAGMENT);
      ada.page().evaluate("connections[0].fail()");
      ada.showsInMembers("Bob (lost: seeking another way)");
      bob.await("%s !== '%s'".formatted(USER_FRAGMENT, before));
      ada.page().evaluate("connections[0].works()");
      assertThat(ada.at("members")).not().containsText("lost");
      ada.seesAndHears("Bob");
      assertThat(ada.errors()).isEmpty();
      assertThat(bob.errors()).isEmpty();
    }
  }

  @Test
  void javaComesAndGivesBackWhatItGets() {
    try (CallMember ada = member("java", "Ada", "");
        Program java = Program.purertc("join", "java", "--server", url, "--name", "Java")) {
      ada.join();
      try {
        ada.seesAndHears("Java");
      } catch (AssertionError e) {
        throw new AssertionError(java.toString(), e);
      }
      CallMember inspector = ada.opens("inspect");
      InspectorPage.OF_JAVA_IN_A_CALL.forEach(inspector::await);
      assertThat(inspector.errors()).isEmpty();
      java.interrupt();
      ada.reads("Java ");
      ada.await(CallPage.hasTiles(1));
      assertThat(ada.errors()).isEmpty();
    }
  }

  @Test
  @Tag("long")
  void threeMembersSeeEachOther() {
    try (CallMember ada = member("mesh", "Ada", "");
        CallMember bob = member("mesh", "Bob", "");
        CallMember eve = member("mesh", "Eve", "")) {
      ada.join();
      bob.join();
      eve.join();
      for (String name : new String[] {"Bob", "Eve"}) {
        ada.seesAndHears(name);
      }
      bob.seesAndHears("Ada");
      bob.seesAndHears("Eve");
      eve.seesAndHears("Ada");
      eve.seesAndHears("Bob");
      bob.at("leave").click();
      ada.await(CallPage.hasTiles(2));
      eve.await(CallPage.hasTiles(2));
    }
  }

  private CallMember member(String room, String name, String script) {
    return new CallMember(chromium, url + "/call#" + room, name, script);
  }
}
