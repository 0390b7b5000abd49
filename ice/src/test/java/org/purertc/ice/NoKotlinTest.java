package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ice4j.message.Message;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.IcePair;
import org.purertc.ice.sim.SimNetwork;

/** The product works with two libraries on the class path, and loads nothing of the others. */
class NoKotlinTest {

  @Test
  void connectingLoadsOnlyIce4jsCodec() throws Exception {
    List<String> loaded = run();
    assertThat(loaded).anyMatch(line -> line.contains("org.ice4j.message.Message "));
    assertThat(loaded).contains("agents: COMPLETED COMPLETED");
    assertThat(loaded).noneMatch(line -> line.contains(" kotlin."));
    assertThat(loaded).noneMatch(line -> line.contains(" com.typesafe."));
    assertThat(loaded).noneMatch(line -> line.contains(" org.ice4j.ice."));
    assertThat(loaded).noneMatch(line -> line.contains(" org.ice4j.stack."));
  }

  private static List<String> run() throws IOException, InterruptedException {
    String classPath =
        Stream.of(
                IceAgent.class, NoKotlinTest.class, Message.class, org.jitsi.utils.TimeUtils.class)
            .map(NoKotlinTest::origin)
            .collect(Collectors.joining(File.pathSeparator));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                classPath,
                Connect.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isZero();
    return lines;
  }

  private static String origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the other JVM runs: two agents connect, so every kind of message is coded. */
  static final class Connect {
    private Connect() {}

    public static void main(String[] arguments) {
      IcePair pair = IcePair.connect(SimNetwork.with(1).delayMs(10));
      pair.runUntilBoth(IceTransportState.COMPLETED, 5_000);
      System.out.println(
          "agents: "
              + pair.controlling().agent().state()
              + " "
              + pair.controlled().agent().state());
    }
  }
}
