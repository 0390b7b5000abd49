package org.purertc.interop.layering;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that each rule bites: a class that breaks it is compiled and must be found. */
class LayeringBiteTest {
  @TempDir Path folder;

  @Test
  void aMachineThatReadsTheClockIsFound() throws IOException {
    assertBites(
        LayeringRules.MACHINES_KNOW_NO_OUTSIDE_WORLD,
        "package org.purertc.internal.sctp; class Wrong { long t = System.nanoTime(); }");
  }

  @Test
  void aMachineThatStartsAThreadIsFound() throws IOException {
    assertBites(
        LayeringRules.MACHINES_KNOW_NO_OUTSIDE_WORLD,
        "package org.purertc.internal.jsep; class Wrong { Thread t = new Thread(); }");
  }

  @Test
  void aMachineThatLocksIsFound() throws IOException {
    assertBites(
        LayeringRules.MACHINES_KNOW_NO_OUTSIDE_WORLD,
        "package org.purertc.sdp; class Wrong { synchronized void lock() {} }");
  }

  @Test
  void aMachineWithItsOwnRandomIsFound() throws IOException {
    assertBites(
        LayeringRules.MACHINES_KNOW_NO_OUTSIDE_WORLD,
        "package org.purertc.internal.sctp; class Wrong { Object r = new java.util.Random(); }");
  }

  @Test
  void internalsThatSeeTheApiAreFound() throws IOException {
    assertBites(
        LayeringRules.INTERNAL_NEVER_SEES_THE_API,
        "package org.purertc.internal.peer; class Wrong { org.purertc.RTCSdpType t; }");
  }

  @Test
  void aSocketOutsideIceIsFound() throws IOException {
    assertBites(
        LayeringRules.ONLY_ICE_OPENS_SOCKETS,
        "package org.purertc.internal.peer; class Wrong { java.net.DatagramSocket s; }");
  }

  @Test
  void aProductThatSeesLibwebrtcIsFound() throws IOException {
    assertBites(
        LayeringRules.ONLY_BENCH_SEES_LIBWEBRTC,
        "package org.purertc.samples; class Wrong { dev.onvoid.webrtc.RTCSdpType t; }");
  }

  @Test
  void receivingSctpThatSeesSendingSctpIsFound() throws IOException {
    assertBites(
        LayeringRules.SCTP_HALVES_DO_NOT_MEET,
        "package org.purertc.internal.sctp.tx; public class Wrong {}",
        "package org.purertc.internal.sctp.rx; class Wronger extends"
            + " org.purertc.internal.sctp.tx.Wrong {}");
  }

  @Test
  void aMediaMachineThatReadsTheClockIsFound() throws IOException {
    assertBites(
        LayeringRules.MACHINES_KNOW_NO_OUTSIDE_WORLD,
        "package org.purertc.internal.media; class Wrong { long t = System.nanoTime(); }");
  }

  @Test
  void rtpThatSeesDescriptionsIsFound() throws IOException {
    assertBites(
        LayeringRules.RTP_KNOWS_UTIL_AND_SDP_ONLY,
        "package org.purertc.internal.rtp; class Wrong { org.purertc.internal.jsep.Codec c; }");
  }

  @Test
  void rtpThatSeesMediaIsFound() throws IOException {
    assertBites(
        LayeringRules.RTP_KNOWS_UTIL_AND_SDP_ONLY,
        "package org.purertc.internal.rtp.cc;"
            + " class Wrong { org.purertc.internal.media.MediaSession s; }");
  }

  @Test
  void rtcpThatSeesStreamsIsFound() throws IOException {
    assertBites(
        LayeringRules.RTCP_KNOWS_UTIL_ONLY,
        "package org.purertc.internal.rtp.rtcp;"
            + " class Wrong { org.purertc.internal.rtp.ReceiveStream s; }");
  }

  @Test
  void aFormatThatSeesTheJitterBufferIsFound() throws IOException {
    assertBites(
        LayeringRules.FORMATS_KNOW_UTIL_AND_SDP_ONLY,
        "package org.purertc.internal.rtp.format;"
            + " class Wrong { org.purertc.internal.rtp.jitter.BufferedPacket p; }");
  }

  @Test
  void aJitterBufferThatSeesRtcpIsFound() throws IOException {
    assertBites(
        LayeringRules.JITTER_KNOWS_FORMATS_ONLY,
        "package org.purertc.internal.rtp.jitter;"
            + " class Wrong { org.purertc.internal.rtp.rtcp.RtcpPacket p; }");
  }

  @Test
  void congestionControlThatSeesFormatsIsFound() throws IOException {
    assertBites(
        LayeringRules.CONGESTION_CONTROL_KNOWS_RTCP_ONLY,
        "package org.purertc.internal.rtp.cc;"
            + " class Wrong { org.purertc.internal.rtp.format.Packetizer p; }");
  }

  @Test
  void mediaThatSeesSrtpIsFound() throws IOException {
    assertBites(
        LayeringRules.MEDIA_KNOWS_NO_TRANSPORT,
        "package org.purertc.internal.media; class Wrong { org.purertc.srtp.SrtpSession s; }");
  }

  @Test
  void statisticsThatSeeWhatTheyCountAreFound() throws IOException {
    assertBites(
        LayeringRules.STATISTICS_KNOW_NOTHING,
        "package org.purertc.internal.stats; class Wrong { org.purertc.internal.util.Timer t; }");
  }

  @Test
  void aPackageCycleIsFound() throws IOException {
    assertBites(
        LayeringRules.NO_PACKAGE_CYCLES,
        "package org.purertc.sdp; public class Wrong { org.purertc.internal.jsep.Wronger w; }",
        "package org.purertc.internal.jsep; public class Wronger { org.purertc.sdp.Wrong w; }");
  }

  private void assertBites(ArchRule rule, String... sources) throws IOException {
    Path out = Files.createDirectories(folder.resolve("classes"));
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      String name = source.contains("class Wronger") ? "Wronger" : "Wrong";
      Path file = Files.createDirectories(folder.resolve(name)).resolve(name + ".java");
      files.add(Files.writeString(file, source));
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      String classPath = System.getProperty("java.class.path");
      List<String> options = List.of("-d", out.toString(), "-cp", classPath);
      var units = manager.getJavaFileObjectsFromPaths(files);
      boolean compiled = compiler.getTask(null, manager, null, options, null, units).call();
      assertThat(compiled).isTrue();
    }
    JavaClasses wrong = new ClassFileImporter().importPath(out);
    assertThat(rule.evaluate(wrong).hasViolation()).as(rule.getDescription()).isTrue();
  }
}
