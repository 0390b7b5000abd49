package org.purertc.samples.transfer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.purertc.samples.transfer.TransferMessage.Entries;

/** A manifest as messages that are not too long. */
final class ManifestPages implements Iterator<Entries> {
  /** Of JSON in one message, unless one entry alone is longer. */
  static final int MAX_BYTES = 16 << 10;

  /** Of JSON around the texts of an entry. */
  private static final int FRAME_BYTES = 128;

  private final List<Entry> entries;
  private int next;

  ManifestPages(Manifest manifest) {
    this.entries = manifest.entries();
  }

  @Override
  public boolean hasNext() {
    return next < entries.size();
  }

  @Override
  public Entries next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the manifest has no more entries");
    }
    List<Entry> page = new ArrayList<>();
    int bytes = FRAME_BYTES;
    while (hasNext()) {
      Entry entry = entries.get(next);
      bytes += FRAME_BYTES + jsonBytes(entry.path()) + jsonBytes(entry.linkTarget());
      if (bytes > MAX_BYTES && !page.isEmpty()) {
        break;
      }
      page.add(entry);
      next++;
    }
    return new Entries(page);
  }

  /** At most: of the characters that a path may have, JSON writes some as two. */
  private static int jsonBytes(String text) {
    return 2 * text.getBytes(StandardCharsets.UTF_8).length;
  }
}
