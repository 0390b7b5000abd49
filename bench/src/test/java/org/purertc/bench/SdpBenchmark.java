package org.purertc.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SessionDescription;

/** Reads and writes descriptions of a browser. */
public class SdpBenchmark extends InnerLoop {

  @Param({"chromium-datachannel", "chromium-audio-video"})
  public String file = "chromium-datachannel";

  private String text = "";
  private @Nullable SessionDescription description;

  @Setup
  public void read() throws IOException, SdpException {
    try (InputStream in = SdpBenchmark.class.getResourceAsStream("/sdp/" + file + ".sdp")) {
      text = new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
    }
    description = parse();
  }

  @Benchmark
  public SessionDescription parse() throws SdpException {
    return SessionDescription.parse(text);
  }

  @Benchmark
  public String write() {
    return Objects.requireNonNull(description).toString();
  }
}
