package org.purertc.samples.transfer;

import java.util.List;

/**
 * All that is transferred, a directory before what is in it. An entry's index is its place.
 *
 * @param files how many of the entries are files
 * @param bytes of all files, or {@link Entry#UNKNOWN} when one is a stream
 */
public record Manifest(List<Entry> entries, int files, long bytes) {
  /** As many entries as a small heap holds; more belong into an archive. */
  public static final int MAX_ENTRIES = 100_000;

  public static Manifest of(List<Entry> entries) {
    int files = 0;
    long bytes = 0;
    boolean stream = false;
    for (Entry entry : entries) {
      if (entry.isFile()) {
        files++;
        stream |= entry.isStream();
        bytes = entry.isStream() ? bytes : Math.addExact(bytes, entry.bytes());
      }
    }
    return new Manifest(List.copyOf(entries), files, stream ? Entry.UNKNOWN : bytes);
  }

  /** What to call it in a line for the user: the only name at the top, or how many there are. */
  public String title() {
    List<String> top =
        entries.stream().map(Entry::path).filter(path -> path.indexOf('/') < 0).limit(2).toList();
    return top.size() == 1 ? top.get(0) : files + " files";
  }
}
