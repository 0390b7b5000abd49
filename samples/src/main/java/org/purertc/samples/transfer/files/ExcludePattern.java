package org.purertc.samples.transfer.files;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;

/**
 * One {@code --exclude}, in gitignore's manner: a pattern without a slash fits a name at any depth,
 * one with a slash fits a path below the named directory, a slash at the end fits directories only.
 */
final class ExcludePattern {
  private static final String ANY_DEPTH = "**/";

  private final PathMatcher matcher;
  private final boolean directoriesOnly;

  /** Fits names and ends of paths, too. */
  private final boolean anyDepth;

  private ExcludePattern(PathMatcher matcher, boolean directoriesOnly, boolean anyDepth) {
    this.matcher = matcher;
    this.directoriesOnly = directoriesOnly;
    this.anyDepth = anyDepth;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ExcludePattern parse(String text) {
    boolean directoriesOnly = text.endsWith("/");
    String body = directoriesOnly ? text.substring(0, text.length() - 1) : text;
    boolean anyDepth = body.indexOf('/') < 0 || body.startsWith(ANY_DEPTH);
    if (body.startsWith(ANY_DEPTH)) {
      body = body.substring(ANY_DEPTH.length());
    } else if (body.startsWith("/")) {
      body = body.substring(1);
    }
    if (body.isEmpty() || body.startsWith("!")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" excludes nothing: use patterns like *.o, build/ or /top");
    }
    try {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + body);
      return new ExcludePattern(matcher, directoriesOnly, anyDepth);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no pattern: " + e.getDescription(), e);
    }
  }

  /** Whether it fits a path that is named on the command line. */
  boolean fitsNamed(Path name, boolean directory) {
    return anyDepth && fits(name, directory);
  }

  /** Whether it fits {@code path}, relative to the named directory that it is in. */
  boolean fits(Path path, boolean directory) {
    if (directoriesOnly && !directory) {
      return false;
    }
    int last = anyDepth ? path.getNameCount() : 1;
    for (int from = 0; from < last; from++) {
      if (matcher.matches(path.subpath(from, path.getNameCount()))) {
        return true;
      }
    }
    return false;
  }
}
