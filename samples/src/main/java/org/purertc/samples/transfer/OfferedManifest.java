package org.purertc.samples.transfer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a sender offers, checked entry by entry: a hostile one costs a bounded memory only. */
final class OfferedManifest {
  private static final long MAX_CHARS = 16L << 20;
  private static final long MAX_TIME_MS = Duration.ofDays(365L * 8_000).toMillis();

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, EntryKind> kinds = new HashMap<>();
  private long chars;
  private long bytes;

  void add(Entry entry) throws TransferException {
    String refusal = PathRules.refusal(entry.path());
    if (refusal != null) {
      throw new TransferException(FailureCode.NAME, "refused: a path " + refusal);
    }
    chars += entry.path().length() + entry.linkTarget().length();
    if (entries.size() == Manifest.MAX_ENTRIES || chars > MAX_CHARS) {
      throw lie(
          "more than "
              + Manifest.MAX_ENTRIES
              + " entries, or too long ones: send an archive instead");
    }
    checkParent(entry.path());
    if (kinds.put(entry.path(), entry.kind()) != null) {
      throw lie("the path " + entry.path() + " is there twice");
    }
    if (entry.modifiedMs() > MAX_TIME_MS || entry.modifiedMs() < -MAX_TIME_MS) {
      throw lie("a time is out of range");
    }
    if (entry.bytes() > Long.MAX_VALUE - bytes) {
      throw lie("the sizes add up to more than can be counted");
    }
    bytes += Math.max(0, entry.bytes());
    entries.add(entry);
  }

  /** A file or a link cannot hold anything, so nothing is ever written through one. */
  private void checkParent(String path) throws TransferException {
    int slash = path.lastIndexOf('/');
    if (slash >= 0 && kinds.get(path.substring(0, slash)) != EntryKind.DIRECTORY) {
      throw lie(path + " is in no directory of the list");
    }
  }

  /** The list is complete. */
  Manifest complete(long files, long offeredBytes) throws TransferException {
    Manifest manifest = Manifest.of(entries);
    if (manifest.files() != files || manifest.bytes() != offeredBytes) {
      throw lie("the list has other totals than the offer");
    }
    if (manifest.bytes() == Entry.UNKNOWN && entries.size() > 1) {
      throw lie("a stream comes alone");
    }
    Set<String> top =
        kinds.keySet().stream()
            .filter(path -> path.indexOf('/') < 0)
            .collect(Collectors.toUnmodifiableSet());
    for (Entry entry : entries) {
      String refusal = linkRefusal(entry, top);
      if (refusal != null) {
        throw new TransferException(
            FailureCode.NAME, "refused: the link " + entry.path() + " " + refusal);
      }
    }
    kinds.clear();
    return manifest;
  }

  private static @Nullable String linkRefusal(Entry entry, Set<String> top) {
    return entry.kind() == EntryKind.LINK
        ? PathRules.linkRefusal(entry.path(), entry.linkTarget(), top)
        : null;
  }

  private static TransferException lie(String what) {
    return new TransferException(FailureCode.PROTOCOL, "refused: " + what);
  }
}
