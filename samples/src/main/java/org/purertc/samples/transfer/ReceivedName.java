package org.purertc.samples.transfer;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Whether a name that the other side chose may become a file here. */
final class ReceivedName {
  /** NAME_MAX of the usual file systems. */
  private static final int MAX_BYTES = 255;

  private ReceivedName() {}

  /** The path of {@code name} directly in {@code directory}. */
  static Path in(Path directory, String name) throws TransferException {
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      throw new TransferException("refused: the file has no usable name");
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw new TransferException("refused: the file's name would leave the directory");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new TransferException("refused: the file's name holds control characters");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new TransferException("refused: the file's name is longer than 255 bytes");
    }
    try {
      Path base = directory.toAbsolutePath().normalize();
      Path target = base.resolve(name).normalize();
      // A drive letter or an alternate stream of Windows passes the checks above.
      if (!base.equals(target.getParent()) || !name.equals(target.getFileName().toString())) {
        throw new TransferException("refused: the file's name would leave the directory");
      }
      return target;
    } catch (InvalidPathException e) {
      throw new TransferException("refused: this system cannot store the file's name");
    }
  }
}
