package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.EntryKind;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.PathRules;
import org.purertc.samples.transfer.TransferException;

/** One walk through the named files and directories. */
final class TreeScan {
  private final List<ExcludePattern> excludes;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  /** What is named, by its name at the top of the manifest. */
  private final Map<String, Path> roots = new TreeMap<>();

  TreeScan(List<ExcludePattern> excludes) {
    this.excludes = excludes;
  }

  /** Adds what is named on the command line: a link there is followed. */
  void add(Path named) throws IOException {
    Path name = named.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      throw source("cannot send " + named + ": it has no name");
    }
    BasicFileAttributes attributes = attributes(named);
    if (excludes.stream().anyMatch(it -> it.fitsNamed(name, attributes.isDirectory()))) {
      return;
    }
    String refusal = PathRules.refusal(name.toString());
    if (refusal != null) {
      throw source("cannot send " + named + ": its name " + refusal);
    }
    if (attributes.isOther()) {
      throw source("cannot send " + named + ": neither a file nor a directory");
    }
    if (roots.put(name.toString(), named) != null) {
      throw source("cannot send two things that are named " + name);
    }
    add(named, name.toString(), attributes);
  }

  private void add(Path path, String sentAs, BasicFileAttributes attributes) throws IOException {
    if (entries.size() == Manifest.MAX_ENTRIES) {
      throw source(
          "more than " + Manifest.MAX_ENTRIES + " files and directories: send an archive instead");
    }
    long modifiedMs = attributes.lastModifiedTime().toMillis();
    if (attributes.isDirectory()) {
      entries.add(Entry.directory(sentAs, modifiedMs));
      for (Path child : children(path)) {
        addChild(child, sentAs + "/" + child.getFileName());
      }
    } else if (attributes.isSymbolicLink()) {
      String target = Files.readSymbolicLink(path).toString();
      entries.add(Entry.link(sentAs, target.replace(path.getFileSystem().getSeparator(), "/")));
    } else if (attributes.isRegularFile()) {
      if (!Files.isReadable(path)) {
        throw source("cannot read " + path + ": permission denied");
      }
      entries.add(Entry.file(sentAs, attributes.size(), modifiedMs, isExecutable(attributes)));
    } else {
      leftOut.add(path + " is neither a file, a directory nor a link");
    }
  }

  private void addChild(Path child, String sentAs) throws IOException {
    BasicFileAttributes attributes = attributes(child, LinkOption.NOFOLLOW_LINKS);
    Path name = child.getFileName();
    String top = sentAs.substring(0, sentAs.indexOf('/'));
    Path below = name.getFileSystem().getPath(sentAs.substring(top.length() + 1));
    if (excludes.stream().anyMatch(it -> it.fits(below, attributes.isDirectory()))) {
      return;
    }
    String refusal = PathRules.refusal(sentAs);
    if (refusal != null) {
      leftOut.add(child + " " + refusal);
    } else if (!child.resolveSibling(name.toString()).equals(child)) {
      leftOut.add(child + " has a name that is no text");
    } else {
      add(child, sentAs, attributes);
    }
  }

  /** By name, so that each scan of the same tree gives the same manifest. */
  private static List<Path> children(Path directory) throws TransferException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path child : stream) {
        children.add(child);
        if (children.size() > Manifest.MAX_ENTRIES) {
          break;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw FileReason.failure(
          FailureCode.SOURCE, "cannot read " + directory, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw FileReason.failure(FailureCode.SOURCE, "cannot read " + directory, e);
    }
    children.sort(null);
    return children;
  }

  /** With the owner's permissions where the file system has them. */
  private static BasicFileAttributes attributes(Path path, LinkOption... options)
      throws TransferException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      return posix
          ? Files.readAttributes(path, PosixFileAttributes.class, options)
          : Files.readAttributes(path, BasicFileAttributes.class, options);
    } catch (NoSuchFileException e) {
      throw source("no such file: " + path);
    } catch (IOException e) {
      throw FileReason.failure(FailureCode.SOURCE, "cannot read " + path, e);
    }
  }

  private static boolean isExecutable(BasicFileAttributes attributes) {
    return attributes instanceof PosixFileAttributes it
        && it.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
  }

  /** What was found; links that lead out of it are left out. */
  Manifest manifest() throws TransferException {
    List<Entry> sent = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      String refusal = linkRefusal(entry);
      if (refusal == null) {
        sent.add(entry);
      } else {
        leftOut.add("the link " + path(entry) + " " + refusal);
      }
    }
    if (sent.isEmpty()) {
      throw source("nothing to send: everything is excluded");
    }
    return Manifest.of(sent);
  }

  private @Nullable String linkRefusal(Entry entry) {
    return entry.kind() == EntryKind.LINK
        ? PathRules.linkRefusal(entry.path(), entry.linkTarget(), roots.keySet())
        : null;
  }

  /** Where an entry is. */
  Path path(Entry entry) {
    String sentAs = entry.path();
    int slash = sentAs.indexOf('/');
    Path root = roots.get(slash < 0 ? sentAs : sentAs.substring(0, slash));
    if (root == null) {
      throw new IllegalArgumentException(sentAs + " was not scanned");
    }
    return slash < 0 ? root : root.resolve(sentAs.substring(slash + 1));
  }

  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  private static TransferException source(String reason) {
    return new TransferException(FailureCode.SOURCE, reason);
  }
}
