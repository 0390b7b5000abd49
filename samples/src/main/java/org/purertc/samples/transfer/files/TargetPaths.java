package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.PathRules;
import org.purertc.samples.transfer.TransferException;

/** Places below a receiver's directory. No step of a path is a link. */
final class TargetPaths {
  private final Path base;

  TargetPaths(Path base) {
    this.base = base;
  }

  Path base() {
    return base;
  }

  /** The place of an entry. */
  Path resolve(String path) throws TransferException {
    try {
      Path place = base;
      for (String name : path.split("/", -1)) {
        Path next = place.resolve(name);
        // A drive letter or an alternate stream of Windows is no plain name.
        if (!place.equals(next.getParent()) || !name.equals(next.getFileName().toString())) {
          throw new TransferException(
              FailureCode.NAME, "refused: the path would leave the directory");
        }
        place = next;
      }
      return place;
    } catch (InvalidPathException e) {
      throw new TransferException(
          FailureCode.NAME, "refused: this system cannot store the name " + path);
    }
  }

  /** Where the bytes of the file at {@code place} grow. */
  static Path part(Path place) {
    return place.resolveSibling(PathRules.partName(place.getFileName().toString()));
  }

  /** What is there, a link itself, or null. */
  static @Nullable BasicFileAttributes existing(Path place) throws TransferException {
    try {
      return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw FileReason.failure(FailureCode.DISK, "cannot look at " + place, e);
    }
  }

  /** Makes the directories above {@code place} as far as they are missing. */
  void makeParents(Path place) throws TransferException {
    Path parent = place.getParent();
    if (parent != null && !parent.equals(base)) {
      makeDirectory(parent);
    }
  }

  void makeDirectory(Path place) throws TransferException {
    makeParents(place);
    try {
      Files.createDirectory(place);
    } catch (FileAlreadyExistsException e) {
      BasicFileAttributes there = existing(place);
      if (there == null || !there.isDirectory()) {
        throw noDirectory(place);
      }
    } catch (IOException e) {
      throw FileReason.failure(FailureCode.DISK, "cannot make the directory " + place, e);
    }
  }

  static TransferException noDirectory(Path place) {
    return new TransferException(
        FailureCode.EXISTS, "refused: " + place + " is there and is no directory: move it away");
  }

  static TransferException exists(Path place) {
    return new TransferException(
        FailureCode.EXISTS, "refused: " + place + " exists already; --force replaces it");
  }
}
