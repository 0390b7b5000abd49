package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.ContentHash;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.EntryKind;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.Plan;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferTarget;

/**
 * A directory of this machine.
 *
 * <p>A file grows as a part file beside its place and gets its name when it is verified. What a
 * session leaves is checked block by block and continued by the next one.
 */
public final class LocalTarget implements TransferTarget {
  /** File systems keep times to two seconds at worst (FAT). */
  private static final long SAME_TIME_MS = 2_000;

  private final TargetPaths paths;
  private final boolean force;
  private final FreeSpace space;
  private Manifest manifest = Manifest.of(List.of());
  private Leftovers leftovers = new Leftovers();
  private @Nullable PartFile part;
  private Entry entry = Entry.directory("", 0);
  private Path place;

  /** Asks a directory's file system for room; a test has its own. */
  @FunctionalInterface
  interface FreeSpace {
    long bytes(Path directory) throws IOException;
  }

  /**
   * In a directory that exists.
   *
   * @param force replaces files of the same name
   */
  public LocalTarget(Path directory, boolean force) {
    this(directory, force, LocalTarget::freeBytes);
  }

  LocalTarget(Path directory, boolean force, FreeSpace space) {
    this.paths = new TargetPaths(directory.toAbsolutePath().normalize());
    this.place = paths.base();
    this.force = force;
    this.space = space;
  }

  private static long freeBytes(Path directory) throws IOException {
    FileStore store = Files.getFileStore(directory);
    // Some network file systems know no sizes.
    return store.getTotalSpace() == 0 ? Long.MAX_VALUE : store.getUsableSpace();
  }

  @Override
  public Plan plan(Manifest offered) throws IOException {
    if (!Files.isDirectory(paths.base())) {
      throw new TransferException(FailureCode.DISK, "no such directory: " + paths.base());
    }
    if (!Files.isWritable(paths.base())) {
      throw new TransferException(FailureCode.DISK, "no permission to write in " + paths.base());
    }
    manifest = offered;
    leftovers = new Leftovers();
    List<Integer> skips = new ArrayList<>();
    List<Plan.Blocks> haves = new ArrayList<>();
    long neededBytes = 0;
    for (int i = 0; i < offered.entries().size(); i++) {
      Entry each = offered.entries().get(i);
      if (isComplete(each, paths.resolve(each.path()))) {
        skips.add(i);
      } else if (each.isFile()) {
        Plan.Blocks blocks = leftovers.hold(i, each, TargetPaths.part(paths.resolve(each.path())));
        if (blocks != null) {
          haves.add(blocks);
        }
        neededBytes += Math.max(0, each.bytes()) - (blocks == null ? 0 : blocks.bytes());
      }
    }
    checkSpace(neededBytes);
    return new Plan(skips, haves);
  }

  /** Whether a file is here already, like rsync's quick check; refuses what is in the way. */
  private boolean isComplete(Entry each, Path at) throws IOException {
    BasicFileAttributes there = TargetPaths.existing(at);
    if (there == null) {
      return false;
    }
    if (each.kind() == EntryKind.DIRECTORY) {
      if (!there.isDirectory()) {
        throw TargetPaths.noDirectory(at);
      }
      return false;
    }
    if (there.isDirectory()) {
      throw new TransferException(
          FailureCode.EXISTS, "refused: " + at + " is a directory: move it away");
    }
    boolean same = each.isFile() ? isSame(each, there) : isSameLink(each, at, there);
    if (!same && !force) {
      throw TargetPaths.exists(at);
    }
    return same && each.isFile();
  }

  private static boolean isSame(Entry each, BasicFileAttributes there) {
    return there.isRegularFile()
        && there.size() == each.bytes()
        && Math.abs(there.lastModifiedTime().toMillis() - each.modifiedMs()) <= SAME_TIME_MS;
  }

  private static boolean isSameLink(Entry each, Path at, BasicFileAttributes there)
      throws IOException {
    return there.isSymbolicLink()
        && Files.readSymbolicLink(at).toString().equals(each.linkTarget());
  }

  private void checkSpace(long neededBytes) throws IOException {
    long freeBytes = space.bytes(paths.base());
    if (neededBytes > freeBytes) {
      throw new TransferException(
          FailureCode.DISK,
          "not enough room in "
              + paths.base()
              + ": "
              + neededBytes
              + " bytes are needed, "
              + freeBytes
              + " are free");
    }
  }

  @Override
  public ContentHash begin(int index, long from) throws IOException {
    entry = manifest.entries().get(index);
    place = paths.resolve(entry.path());
    paths.makeParents(place);
    Leftovers.Held held = leftovers.take(index);
    PartFile file = held == null ? PartFile.open(TargetPaths.part(place)) : held.part();
    part = file;
    try {
      ContentHash hash = held != null && held.bytes() == from ? held.hash() : file.hash(from);
      file.cut(from);
      return hash;
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private PartFile part() {
    PartFile open = part;
    if (open == null) {
      throw new IllegalStateException("begin() comes first");
    }
    return open;
  }

  private TransferException cannotWrite(IOException e) {
    return FileReason.failure(FailureCode.DISK, "cannot write " + place, e);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    try {
      part().write(bytes);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public void zeros(long bytes) throws IOException {
    try {
      part().zeros(bytes);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  @Override
  public void commit() throws IOException {
    // The plan looked too, but that may be hours ago.
    BasicFileAttributes there = TargetPaths.existing(place);
    if (there != null && (!force || there.isDirectory())) {
      throw TargetPaths.exists(place);
    }
    try (PartFile file = part()) {
      file.fill();
      part = null;
      if (entry.executable()) {
        makeExecutable(file.path());
      }
      setTime(file.path(), entry.modifiedMs());
      file.rename(place);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** For everyone who may read it. */
  private static void makeExecutable(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    permissions.add(PosixFilePermission.OWNER_EXECUTE);
    if (permissions.contains(PosixFilePermission.GROUP_READ)) {
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
    }
    if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    Files.setPosixFilePermissions(path, permissions);
  }

  /** 0 is no time: a page, or a stream, may not know one. */
  private static void setTime(Path path, long modifiedMs) throws IOException {
    if (modifiedMs != 0) {
      Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(FileTime.fromMillis(modifiedMs), null, null);
    }
  }

  @Override
  public void finish() throws IOException {
    for (Entry each : manifest.entries()) {
      Path at = paths.resolve(each.path());
      if (each.kind() == EntryKind.DIRECTORY) {
        paths.makeDirectory(at);
      } else if (each.kind() == EntryKind.LINK) {
        makeLink(each, at);
      }
    }
    // From the inside out: making an entry changes its directory's time.
    for (int i = manifest.entries().size() - 1; i >= 0; i--) {
      Entry each = manifest.entries().get(i);
      if (each.kind() == EntryKind.DIRECTORY) {
        setTime(paths.resolve(each.path()), each.modifiedMs());
      }
    }
  }

  private void makeLink(Entry each, Path at) throws IOException {
    if (isCompleteLink(each, at)) {
      return;
    }
    paths.makeParents(at);
    Path temporary = TargetPaths.part(at);
    try {
      Files.deleteIfExists(temporary);
      Files.createSymbolicLink(temporary, temporary.getFileSystem().getPath(each.linkTarget()));
      Files.move(
          temporary, at, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw FileReason.failure(FailureCode.DISK, "cannot make the link " + at, e);
    } catch (UnsupportedOperationException | InvalidPathException e) {
      throw new TransferException(FailureCode.NAME, "this system cannot make the link " + at);
    }
  }

  private boolean isCompleteLink(Entry each, Path at) throws IOException {
    BasicFileAttributes there = TargetPaths.existing(at);
    if (there == null) {
      return false;
    }
    isComplete(each, at);
    return isSameLink(each, at, there);
  }

  @Override
  public void discard() {
    PartFile wrong = part();
    part = null;
    wrong.delete();
    wrong.close();
  }

  @Override
  public void close() {
    leftovers.close();
    PartFile open = part;
    part = null;
    if (open != null) {
      if (entry.isStream()) {
        open.delete();
      }
      open.close();
    }
  }
}
