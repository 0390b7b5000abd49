package org.purertc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Protects and unprotects in a JVM of its own and looks at what that JVM has mapped. */
class NoNativeCodeTest {

  /** What the forked JVM runs. */
  static final class UseAllProfiles {
    public static void main(String[] arguments) throws IOException {
      for (SrtpProfile profile : SrtpProfile.values()) {
        byte[] key = new byte[profile.keyBytes()];
        byte[] salt = new byte[profile.saltBytes()];
        SrtpSession session = new SrtpSession(profile, key, salt, key, salt);
        byte[] rtp = new byte[100];
        rtp[0] = (byte) 0x80;
        byte[] rtcp = new byte[100];
        rtcp[0] = (byte) 0x80;
        rtcp[1] = (byte) 200;
        int rtpLength = session.unprotectRtp(rtp, 0, session.protectRtp(rtp, 0, 60));
        int rtcpLength = session.unprotectRtcp(rtcp, 0, session.protectRtcp(rtcp, 0, 60));
        System.out.println(profile + " " + rtpLength + " " + rtcpLength);
      }
      Path maps = Path.of("/proc/self/maps");
      if (Files.exists(maps)) {
        Files.readAllLines(maps).stream()
            .filter(line -> line.contains("/"))
            .map(line -> line.substring(line.indexOf('/')))
            .distinct()
            .forEach(System.out::println);
      }
    }
  }

  @Test
  void noLibraryIsMappedAndNothingIsPrinted() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            UseAllProfiles.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output;
    try (InputStream in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output.lines().limit(3))
        .containsExactly(
            "AES128_CM_SHA1_80 60 60", "AEAD_AES_128_GCM 60 60", "AEAD_AES_256_GCM 60 60");
    assertThat(output.lines().skip(3))
        .noneMatch(line -> line.contains("jna") || line.contains("jitsisrtp"))
        .noneMatch(line -> line.contains("libnss") || line.contains("pkcs11"));
  }
}
