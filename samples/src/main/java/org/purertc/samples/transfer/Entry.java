package org.purertc.samples.transfer;

/**
 * One thing to transfer.
 *
 * @param path relative, parts divided by {@code /}
 * @param bytes of a file, or {@link #UNKNOWN} for a stream whose end nobody knows yet; 0 otherwise
 * @param modifiedMs since 1970; 0 for a link
 * @param linkTarget of a link, "" otherwise
 */
public record Entry(
    String path,
    EntryKind kind,
    long bytes,
    long modifiedMs,
    boolean executable,
    String linkTarget) {

  /** The length of a stream. */
  public static final long UNKNOWN = -1;

  public static Entry file(String path, long bytes, long modifiedMs, boolean executable) {
    return new Entry(path, EntryKind.FILE, bytes, modifiedMs, executable, "");
  }

  public static Entry directory(String path, long modifiedMs) {
    return new Entry(path, EntryKind.DIRECTORY, 0, modifiedMs, false, "");
  }

  public static Entry link(String path, String target) {
    return new Entry(path, EntryKind.LINK, 0, 0, false, target);
  }

  public boolean isFile() {
    return kind == EntryKind.FILE;
  }

  /** Whether the length is not known before the end. */
  public boolean isStream() {
    return bytes == UNKNOWN;
  }

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
