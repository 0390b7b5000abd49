package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.purertc.samples.transfer.ByteSource;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferSource;

/**
 * Files and directories of this machine.
 *
 * <p>Links are sent as links, never followed, unless they are named themselves; what cannot be sent
 * is left out and told by {@link #leftOut}.
 */
public final class LocalTree implements TransferSource {
  private final List<Path> paths;
  private final List<ExcludePattern> excludes;
  private TreeScan scan;
  private Manifest manifest = Manifest.of(List.of());

  private LocalTree(List<Path> paths, List<ExcludePattern> excludes) {
    this.paths = paths;
    this.excludes = excludes;
    this.scan = new TreeScan(excludes);
  }

  /**
   * A tree that is scanned later.
   *
   * @param excludes patterns in gitignore's manner: {@code *.o}, {@code build/}, {@code /top}
   * @throws IllegalArgumentException when a pattern cannot be read
   */
  public static LocalTree of(List<Path> paths, List<String> excludes) {
    return new LocalTree(List.copyOf(paths), excludes.stream().map(ExcludePattern::parse).toList());
  }

  @Override
  public Manifest scan() throws IOException {
    scan = new TreeScan(excludes);
    for (Path path : paths) {
      scan.add(path);
    }
    manifest = scan.manifest();
    return manifest;
  }

  @Override
  public ByteSource open(int index) throws IOException {
    var entry = manifest.entries().get(index);
    return LocalFile.open(scan.path(entry), entry);
  }

  /** One line for each thing that the last scan left out, and why. */
  public List<String> leftOut() {
    return scan.leftOut();
  }
}
