package org.purertc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.NtpClock;
import org.purertc.internal.rtp.PacketExtensions;

/** Metadata of frames as streams carry it. */
final class Metadata {
  private Metadata() {}

  static PacketExtensions extensions(FrameMetadata metadata) {
    if (metadata.equals(FrameMetadata.NONE)) {
      return PacketExtensions.NONE;
    }
    Instant captured = metadata.captureTime();
    return new PacketExtensions(
        metadata.audioLevel(),
        metadata.voiceActivity(),
        metadata.rotation(),
        metadata.minPlayoutDelayMs(),
        metadata.maxPlayoutDelayMs(),
        captured == null ? 0 : NtpClock.ntpOf(captured.getEpochSecond(), captured.getNano()));
  }

  static FrameMetadata metadata(PacketExtensions said) {
    if (said.equals(PacketExtensions.NONE)) {
      return FrameMetadata.NONE;
    }
    return new FrameMetadata(
        instant(said.captureNtpTime()),
        said.audioLevel(),
        said.voiceActivity(),
        Math.max(0, said.rotationDegrees()),
        said.minPlayoutDelayMs(),
        said.maxPlayoutDelayMs());
  }

  private static @Nullable Instant instant(long ntp) {
    return ntp == 0
        ? null
        : Instant.ofEpochSecond(NtpClock.epochSeconds(ntp), NtpClock.fractionNanos(ntp));
  }
}
