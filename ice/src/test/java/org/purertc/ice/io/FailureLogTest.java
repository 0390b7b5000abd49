package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final Logger logger = Logger.getLogger("org.purertc.ice.io");
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  @Test
  void writesOneLineASecondAndCountsTheOthers() {
    var log = new FailureLog("loop-1");
    var failure = new IllegalStateException("on purpose");
    log.report("a task", failure, 0);
    log.report("a task", failure, 1);
    log.report("a timer", failure, SECOND_NS - 1);
    log.report("a drain", failure, SECOND_NS);
    assertThat(lines)
        .containsExactly(
            "loop-1: exception in a task",
            "loop-1: exception in a drain, and 2 more since the last report");
  }
}
