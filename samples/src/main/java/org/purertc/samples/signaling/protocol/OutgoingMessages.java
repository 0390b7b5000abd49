package org.purertc.samples.signaling.protocol;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One direction of a session: what was sent and is not acknowledged, numbered from 1. */
public final class OutgoingMessages {
  private record Entry(String text, int bytes) {}

  private final Map<Long, Entry> entries = new HashMap<>();
  private long firstId = 1;
  private long lastId;
  private long bytes;

  /** Numbers a message and keeps it. */
  public void append(String text) {
    lastId++;
    String numbered = MessageFormat.numbered(text, lastId);
    Entry entry = new Entry(numbered, MessageFormat.bytes(numbered));
    entries.put(lastId, entry);
    bytes += entry.bytes();
  }

  /** Forgets everything up to {@code id}; what was never sent cannot be acknowledged. */
  public void acknowledge(long id) {
    while (firstId <= Math.min(id, lastId)) {
      Entry entry = entries.remove(firstId++);
      bytes -= entry == null ? 0 : entry.bytes();
    }
  }

  /** The message of that number; null when it was acknowledged or is not yet there. */
  public @Nullable String get(long id) {
    Entry entry = entries.get(id);
    return entry == null ? null : entry.text();
  }

  /** Whether a reader that has everything up to {@code id} can go on from here. */
  public boolean canResumeAfter(long id) {
    return id >= firstId - 1 && id <= lastId;
  }

  /** The number of the first message that is kept; one more than the last when none is. */
  public long firstId() {
    return firstId;
  }

  /** The number of the last message; 0 when there was none. */
  public long lastId() {
    return lastId;
  }

  public int count() {
    return entries.size();
  }

  public long bytes() {
    return bytes;
  }
}
