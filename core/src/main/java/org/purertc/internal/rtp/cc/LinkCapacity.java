package org.purertc.internal.rtp.cc;

/** The rate at which the path was full, averaged: draft-ietf-rmcat-gcc-02 section 5.5. */
final class LinkCapacity {
  private static final double WEIGHT = 0.05;
  private static final double MIN_DEVIATION = 0.4;
  private static final double MAX_DEVIATION = 2.5;
  private static final double SIGMAS = 3;

  private boolean known;
  private double kilobits;
  private double deviation = MIN_DEVIATION;

  void onOveruse(long acknowledgedBitsPerSecond) {
    double sample = acknowledgedBitsPerSecond / 1e3;
    kilobits = known ? (1 - WEIGHT) * kilobits + WEIGHT * sample : sample;
    known = true;
    double error = kilobits - sample;
    deviation = (1 - WEIGHT) * deviation + WEIGHT * error * error / Math.max(kilobits, 1);
    deviation = Math.max(MIN_DEVIATION, Math.min(MAX_DEVIATION, deviation));
  }

  void reset() {
    known = false;
  }

  boolean isKnown() {
    return known;
  }

  long bitsPerSecond() {
    return (long) (kilobits * 1e3);
  }

  private double margin() {
    return SIGMAS * Math.sqrt(deviation * kilobits);
  }

  boolean isBelow(long bitsPerSecond) {
    return known && bitsPerSecond > (kilobits + margin()) * 1e3;
  }

  boolean isAbove(long bitsPerSecond) {
    return known && bitsPerSecond < (kilobits - margin()) * 1e3;
  }
}
