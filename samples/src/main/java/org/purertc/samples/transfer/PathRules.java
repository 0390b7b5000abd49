package org.purertc.samples.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which paths and links may be in a manifest. The sender keeps to it, the receiver insists. */
public final class PathRules {
  /** NAME_MAX of the usual file systems. */
  private static final int MAX_NAME_BYTES = 255;

  /** PATH_MAX of Linux. */
  private static final int MAX_PATH_BYTES = 4_096;

  private static final int MAX_DEPTH = 128;
  private static final Pattern PART_FILE = Pattern.compile("\\.purertc-[0-9a-f]+\\.part");

  private PathRules() {}

  /** The name under which the bytes of a file lie until they are verified. */
  public static String partName(String name) {
    ContentHash hash = new ContentHash();
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    hash.update(bytes, 0, bytes.length);
    return ".purertc-" + hash.hex().substring(0, 20) + ".part";
  }

  /** Why {@code path} is refused, or null. */
  public static @Nullable String refusal(String path) {
    if (!isText(path)) {
      return "holds control characters or no text";
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      return "is longer than " + MAX_PATH_BYTES + " bytes";
    }
    String[] parts = path.split("/", -1);
    if (parts.length > MAX_DEPTH) {
      return "is deeper than " + MAX_DEPTH + " directories";
    }
    for (String part : parts) {
      String refusal = nameRefusal(part);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static @Nullable String nameRefusal(String name) {
    if (name.isBlank()) {
      return "has an empty part";
    }
    if (name.equals(".") || name.equals("..") || name.indexOf('\\') >= 0) {
      return "would leave the directory";
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      return "has a part longer than " + MAX_NAME_BYTES + " bytes";
    }
    return PART_FILE.matcher(name).matches() ? "is a part file of a transfer" : null;
  }

  /**
   * Why a link is refused, or null: its target is relative and stays below the names at the top.
   * {@code ..} may only come first: after a name it would start from wherever that name, a link
   * itself perhaps, leads.
   *
   * @param top the names at the top of the manifest
   */
  public static @Nullable String linkRefusal(String path, String target, Set<String> top) {
    if (target.isEmpty() || !isText(target) || target.indexOf('\\') >= 0) {
      return "points to nothing that can be named";
    }
    if (target.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      return "points to a path that is too long";
    }
    if (target.startsWith("/")) {
      return "points to an absolute path";
    }
    String[] from = path.split("/", -1);
    int depth = from.length - 1;
    boolean down = false;
    String first = depth > 0 ? from[0] : "";
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        if (down || depth == 0) {
          return "points out of what is sent";
        }
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        first = depth == 0 && !down ? part : first;
        down = true;
      }
    }
    return (down || depth > 0) && top.contains(first) ? null : "points out of what is sent";
  }

  /** No control characters, and no half of a pair that UTF-8 cannot write. */
  private static boolean isText(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
