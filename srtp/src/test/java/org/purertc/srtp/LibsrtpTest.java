package org.purertc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.srtp.SrtpPair.rtcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against libsrtp, which libwebrtc and Firefox use, driven by {@code libsrtp.py}. */
@Tag("interop")
class LibsrtpTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int PACKETS = 1_500;

  @TempDir private Path directory;
  private Process python;
  private PrintStream commands;
  private BufferedReader answers;

  private final Random random = new Random(5);
  private final RtpTraffic traffic = new RtpTraffic(5);

  @BeforeEach
  void start() throws IOException {
    Path script = directory.resolve("libsrtp.py");
    try (InputStream in =
        Objects.requireNonNull(LibsrtpTest.class.getResourceAsStream("/libsrtp.py"))) {
      Files.copy(in, script);
    }
    python =
        new ProcessBuilder("python3", script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    commands = new PrintStream(python.getOutputStream(), true, StandardCharsets.US_ASCII);
    answers = python.inputReader(StandardCharsets.US_ASCII);
  }

  @AfterEach
  void stop() throws InterruptedException {
    commands.close();
    if (!python.waitFor(10, TimeUnit.SECONDS)) {
      python.destroyForcibly();
    }
  }

  @ParameterizedTest
  @EnumSource
  void libsrtpReadsOurRtp(SrtpProfile profile) throws IOException {
    byte[] keys = keys(profile);
    SrtpSession ours = session(profile, keys);
    String receiver = open("receive", profile, keys);
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = traffic.next();
      byte[] buffer = Arrays.copyOf(packet, packet.length + SrtpSession.MAX_OVERHEAD_BYTES);
      int length = ours.protectRtp(buffer, 0, packet.length);
      if (length == SrtpSession.REPLAYED) {
        continue; // the traffic repeats a number now and then
      }
      assertThat(ask("unprotect " + receiver, Arrays.copyOf(buffer, length)))
          .as("seed 5, packet %d", i)
          .isEqualTo("ok " + HEX.formatHex(packet));
    }
    assertThat(traffic.wraps()).isGreaterThan(3);
  }

  @ParameterizedTest
  @EnumSource
  void weReadRtpOfLibsrtp(SrtpProfile profile) throws IOException {
    byte[] keys = keys(profile);
    SrtpSession ours = session(profile, keys);
    String sender = open("send", profile, keys);
    int read = 0;
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = traffic.next();
      String answer = ask("protect " + sender, packet);
      if (!answer.startsWith("ok ")) {
        continue; // the traffic repeats a number now and then
      }
      byte[] protectedPacket = HEX.parseHex(answer.substring(3));
      int length = ours.unprotectRtp(protectedPacket, 0, protectedPacket.length);
      assertThat(length).as("seed 5, packet %d", i).isEqualTo(packet.length);
      assertThat(protectedPacket).startsWith(packet);
      read++;
    }
    assertThat(read).isGreaterThan(PACKETS * 9 / 10);
    assertThat(traffic.wraps()).isGreaterThan(3);
  }

  @ParameterizedTest
  @EnumSource
  void rtcpPassesBothWays(SrtpProfile profile) throws IOException {
    byte[] keys = keys(profile);
    SrtpSession ours = session(profile, keys);
    String receiver = open("receive", profile, keys);
    String sender = open("send", profile, keys);
    for (int i = 0; i < 200; i++) {
      byte[] packet = rtcp(random.nextInt(3), 8 + 4 * random.nextInt(200));
      byte[] buffer = Arrays.copyOf(packet, packet.length + SrtpSession.MAX_OVERHEAD_BYTES);
      int length = ours.protectRtcp(buffer, 0, packet.length);
      assertThat(ask("unprotect_rtcp " + receiver, Arrays.copyOf(buffer, length)))
          .as("seed 5, packet %d", i)
          .isEqualTo("ok " + HEX.formatHex(packet));
      byte[] theirs = HEX.parseHex(ask("protect_rtcp " + sender, packet).substring(3));
      assertThat(ours.unprotectRtcp(theirs, 0, theirs.length)).isEqualTo(packet.length);
      assertThat(theirs).as("seed 5, packet %d", i).startsWith(packet);
    }
  }

  private byte[] keys(SrtpProfile profile) {
    byte[] keys = new byte[profile.keyBytes() + profile.saltBytes()];
    random.nextBytes(keys);
    return keys;
  }

  private static SrtpSession session(SrtpProfile profile, byte[] keys) {
    byte[] key = Arrays.copyOf(keys, profile.keyBytes());
    byte[] salt = Arrays.copyOfRange(keys, profile.keyBytes(), keys.length);
    return new SrtpSession(profile, key, salt, key, salt);
  }

  private String open(String direction, SrtpProfile profile, byte[] keys) throws IOException {
    return ask("open " + direction + " " + profile.number(), keys).substring(3);
  }

  private String ask(String command, byte[] bytes) throws IOException {
    commands.println(command + " " + HEX.formatHex(bytes));
    return Objects.requireNonNull(answers.readLine(), "libsrtp.py ended");
  }
}
