package org.purertc.samples.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.purertc.samples.transfer.EntryKind;
import org.purertc.samples.transfer.Manifest;

/** Sizes and counts as people read them. MB are 10^6 bytes. */
public final class Quantity {
  private Quantity() {}

  public static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  /** {@code a.txt, 5 bytes} or {@code photos: 12 files, 3 directories, 1 link, 1.20 GB}. */
  public static String of(Manifest manifest) {
    String size = manifest.bytes() < 0 ? "a stream" : bytes(manifest.bytes());
    if (manifest.entries().size() == 1 && manifest.files() == 1) {
      return manifest.title() + ", " + size;
    }
    List<String> parts = new ArrayList<>();
    add(parts, manifest.files(), "file", "files");
    add(parts, count(manifest, EntryKind.DIRECTORY), "directory", "directories");
    add(parts, count(manifest, EntryKind.LINK), "link", "links");
    parts.add(size);
    return (hasOneName(manifest) ? manifest.title() + ": " : "") + String.join(", ", parts);
  }

  private static boolean hasOneName(Manifest manifest) {
    return manifest.entries().stream().filter(it -> it.path().indexOf('/') < 0).count() == 1;
  }

  static long count(Manifest manifest, EntryKind kind) {
    return manifest.entries().stream().filter(entry -> entry.kind() == kind).count();
  }

  private static void add(List<String> parts, long count, String one, String several) {
    if (count > 0) {
      parts.add(count + " " + (count == 1 ? one : several));
    }
  }
}
