package org.purertc.srtp.internal;

import org.jspecify.annotations.Nullable;

/**
 * The streams of one direction by SSRC: open addressing, so that finding one allocates nothing.
 *
 * <p>A stream is never removed: its indexes must not be used again with the same key.
 */
final class StreamTable {
  private static final int FIRST_SLOTS = 8;

  private final int maxStreams;
  private int[] ssrcs = new int[FIRST_SLOTS];
  private @Nullable ReplayWindow[] windows = new ReplayWindow[FIRST_SLOTS];
  private int size;

  StreamTable(int maxStreams) {
    this.maxStreams = maxStreams;
  }

  @Nullable ReplayWindow get(int ssrc) {
    return windows[slot(ssrc)];
  }

  boolean isFull() {
    return size == maxStreams;
  }

  void put(int ssrc, ReplayWindow window) {
    if (2 * size >= ssrcs.length) {
      grow();
    }
    insert(ssrc, window);
    size++;
  }

  private void insert(int ssrc, ReplayWindow window) {
    int slot = slot(ssrc);
    ssrcs[slot] = ssrc;
    windows[slot] = window;
  }

  private void grow() {
    int[] oldSsrcs = ssrcs;
    @Nullable ReplayWindow[] oldWindows = windows;
    ssrcs = new int[2 * oldSsrcs.length];
    windows = new ReplayWindow[ssrcs.length];
    for (int i = 0; i < oldSsrcs.length; i++) {
      ReplayWindow window = oldWindows[i];
      if (window != null) {
        insert(oldSsrcs[i], window);
      }
    }
  }

  /** Where the SSRC is, or the free slot where it would be: at least half of them are free. */
  private int slot(int ssrc) {
    int mask = ssrcs.length - 1;
    int slot = (ssrc * 0x9e37_79b9) >>> 8 & mask;
    while (windows[slot] != null && ssrcs[slot] != ssrc) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
