package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what is used at the marks of a measuring window; the marks come from any thread. */
final class UsedWindow implements Consumer<ObjectNode> {
  private final @Nullable ProcessHandle other;
  private volatile @Nullable ResourceUse begin;
  private volatile @Nullable ResourceUse end;

  /**
   * @param other the process of the other end; null: both are here
   */
  UsedWindow(@Nullable ProcessHandle other) {
    this.other = other;
  }

  @Override
  public void accept(ObjectNode line) {
    String name = line.path("name").asText();
    if (name.equals("start")) {
      begin = ResourceUse.now(other);
    } else if (name.equals("end")) {
      end = ResourceUse.now(other);
    }
  }

  /** Adds what the window, if there was one, cost. */
  void describe(ObjectNode result) {
    ResourceUse from = begin;
    ResourceUse to = end;
    if (from != null && to != null) {
      to.describe(from, result);
    }
  }
}
