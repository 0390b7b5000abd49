package org.purertc.samples.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A received file: grows as {@code *.part} in its directory and gets its name when it is verified.
 */
public final class PartFile implements FileTarget {
  private final Path directory;
  private final boolean force;
  private @Nullable Path target;
  private @Nullable Path part;
  private @Nullable OutputStream out;

  /**
   * @param force replaces a file of the same name
   */
  public PartFile(Path directory, boolean force) {
    this.directory = directory;
    this.force = force;
  }

  /** Where the file is after {@link #commit}. */
  public @Nullable Path target() {
    return target;
  }

  @Override
  public void begin(String name, long bytes) throws IOException {
    Path path = ReceivedName.in(directory, name);
    if (Files.isDirectory(path)) {
      throw new TransferException("refused: " + path + " is a directory");
    }
    if (!force && Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      throw exists(path);
    }
    byte[] random = new byte[6];
    new SecureRandom().nextBytes(random);
    Path temporary = path.resolveSibling("purertc-" + HexFormat.of().formatHex(random) + ".part");
    try {
      out =
          Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new TransferException("cannot write in " + directory + ": " + reason(e));
    }
    temporary.toFile().deleteOnExit();
    part = temporary;
    target = path;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    OutputStream to = out;
    if (to == null) {
      throw new TransferException("no file was begun");
    }
    try {
      to.write(bytes);
    } catch (IOException e) {
      throw new TransferException("cannot write " + part + ": " + reason(e));
    }
  }

  @Override
  public void commit() throws IOException {
    Path from = part;
    Path to = target;
    OutputStream stream = out;
    if (from == null || to == null || stream == null) {
      throw new TransferException("no file was begun");
    }
    stream.close();
    out = null;
    if (!force) {
      claim(to);
    }
    try {
      move(from, to);
      part = null;
    } catch (IOException e) {
      if (!force) {
        Files.deleteIfExists(to);
      }
      throw new TransferException("cannot name the file " + to + ": " + reason(e));
    }
  }

  /**
   * An atomic move replaces silently: an empty file, which fails to be made twice, holds the name.
   */
  private static void claim(Path path) throws IOException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      throw exists(path);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void discard() {
    try {
      if (out != null) {
        out.close();
        out = null;
      }
      if (part != null) {
        Files.deleteIfExists(part);
        part = null;
      }
    } catch (IOException e) {
      // The transfer has failed already; deleteOnExit tries once more.
      out = null;
    }
  }

  private static TransferException exists(Path path) {
    return new TransferException("refused: " + path + " exists already; --force replaces it");
  }

  private static String reason(IOException e) {
    if (e instanceof java.nio.file.FileSystemException it) {
      if (it.getReason() != null) {
        return it.getReason();
      }
      return e instanceof java.nio.file.AccessDeniedException
          ? "permission denied"
          : e instanceof java.nio.file.NoSuchFileException ? "no such directory" : "not possible";
    }
    return String.valueOf(e.getMessage());
  }
}
