package org.purertc.samples.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is measured. */
enum BenchCase {
  THROUGHPUT("throughput"),
  MSGRATE("msgrate"),
  PINGPONG("pingpong"),
  CONNECT("connect"),
  IDLE("idle"),
  AUDIO("audio"),
  VIDEO("video");

  /** What a harness calls {@link #IDLE}. */
  private static final String MEMORY = "memory";

  private final String label;

  BenchCase(String label) {
    this.label = label;
  }

  static @Nullable BenchCase of(String name) {
    for (BenchCase benchCase : values()) {
      if (benchCase.label.equals(name)) {
        return benchCase;
      }
    }
    return name.equals(MEMORY) ? IDLE : null;
  }

  String label() {
    return label;
  }

  /** Bytes of a message when the user gives none, one measurement each. */
  List<Integer> sizes() {
    return switch (this) {
      case THROUGHPUT -> List.of(16_384, 65_536);
      case MSGRATE, PINGPONG -> List.of(64);
      case CONNECT, IDLE -> List.of(0);
      case AUDIO -> List.of(80); // 32 kbit/s in 20 ms
      case VIDEO -> List.of(10_417); // 2.5 Mbit/s in 30 frames
    };
  }

  /** Whether messages are sent: then the ends can be two processes, too. */
  boolean sendsMessages() {
    return this == THROUGHPUT || this == MSGRATE || this == PINGPONG;
  }

  /** Whether frames are sent and come back: then the ends are two processes. */
  boolean echoesMedia() {
    return this == AUDIO || this == VIDEO;
  }

  /**
   * @param cold each time in a fresh JVM, which takes longer
   */
  int standardCount(boolean cold) {
    return switch (this) {
      case PINGPONG -> 3_000;
      case IDLE -> 1_000;
      case AUDIO -> 20;
      case VIDEO -> 4;
      default -> cold ? 10 : 30;
    };
  }

  int standardUnmeasured() {
    return switch (this) {
      case PINGPONG -> 200;
      case CONNECT -> 3;
      case IDLE -> 100;
      default -> 0;
    };
  }

  double standardSeconds() {
    return this == IDLE ? 5 : 10;
  }
}
