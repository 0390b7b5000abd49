package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.ContentHash;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.TransferException;

/**
 * The bytes of one file before it has its name. It is locked while it is open, so that two
 * processes never write the same one, and stays when it is closed, so that the next one goes on.
 */
final class PartFile implements AutoCloseable {
  /** Read in one go. */
  private static final int BUFFER_BYTES = 1 << 20;

  private static final int MAX_OPEN_ATTEMPTS = 10;

  private final Path part;
  private final FileChannel channel;

  /** Where the next byte goes; after zeros, beyond the end of the file. */
  private long position;

  private boolean named;

  private PartFile(Path part, FileChannel channel) {
    this.part = part;
    this.channel = channel;
  }

  /** Opens what an earlier session left, or a new one. */
  static PartFile open(Path part) throws TransferException {
    try {
      for (int attempt = 0; attempt < MAX_OPEN_ATTEMPTS; attempt++) {
        PartFile file = tryOpen(part);
        if (file != null) {
          return file;
        }
      }
    } catch (IOException e) {
      throw FileReason.failure(FailureCode.DISK, "cannot write " + part, e);
    }
    throw busy(part);
  }

  /**
   * Null when it changed meanwhile: between opening and locking, its owner may have given it its
   * final name, and then it is not ours to write.
   */
  private static @Nullable PartFile tryOpen(Path part) throws IOException {
    BasicFileAttributes before = TargetPaths.existing(part);
    if (before != null && !before.isRegularFile()) {
      throw new TransferException(
          FailureCode.EXISTS, "refused: " + part + " is there and is no file: move it away");
    }
    FileChannel channel;
    try {
      channel = openChannel(part, before == null);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      if (before == null && TargetPaths.existing(part) == null) {
        throw e;
      }
      return null;
    }
    lock(channel, part);
    BasicFileAttributes after = TargetPaths.existing(part);
    boolean same =
        after != null && (before == null || Objects.equals(before.fileKey(), after.fileKey()));
    if (!same) {
      channel.close();
      return null;
    }
    return new PartFile(part, channel);
  }

  private static FileChannel openChannel(Path part, boolean create) throws IOException {
    return FileChannel.open(
        part,
        create ? StandardOpenOption.CREATE_NEW : StandardOpenOption.WRITE,
        StandardOpenOption.WRITE,
        StandardOpenOption.READ,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static void lock(FileChannel channel, Path part) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      channel.close();
      throw busy(part);
    }
  }

  private static TransferException busy(Path part) {
    return new TransferException(
        FailureCode.BUSY, "another transfer is writing " + part + ": wait until it has ended");
  }

  long bytes() throws IOException {
    return channel.size();
  }

  /** Adds so many bytes to both hashes, from where the last call ended. */
  void hash(long bytes, byte[] buffer, ContentHash one, ContentHash other) throws IOException {
    long left = bytes;
    while (left > 0) {
      int read = channel.read(ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, left)));
      if (read < 0) {
        throw new TransferException(FailureCode.DISK, part + " became shorter while it was read");
      }
      one.update(buffer, 0, read);
      other.update(buffer, 0, read);
      left -= read;
    }
  }

  /** The hash of the first bytes. */
  ContentHash hash(long bytes) throws IOException {
    channel.position(0);
    ContentHash hash = new ContentHash();
    hash(bytes, new byte[(int) Math.min(bytes, BUFFER_BYTES)], hash, new ContentHash());
    return hash;
  }

  /** Forgets what is behind {@code from} and goes on there. */
  void cut(long from) throws IOException {
    channel.truncate(from);
    channel.position(from);
    position = from;
  }

  void write(byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
    }
    position += bytes.length;
  }

  /** Leaves a hole, where the file system has such. */
  void zeros(long bytes) throws IOException {
    position += bytes;
    channel.position(position);
  }

  /** A hole at the end becomes one by a last byte. */
  void fill() throws IOException {
    if (channel.size() < position) {
      channel.write(ByteBuffer.wrap(new byte[1]), position - 1);
    }
  }

  Path path() {
    return part;
  }

  /** Gives it its name. It stays locked meanwhile: nobody may take it for a part again. */
  void rename(Path place) throws IOException {
    try {
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
    }
    named = true;
  }

  void delete() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It stays; the next session finds out block by block what is wrong.
    }
  }

  /** What is empty is of no use to the next session; what it cannot read, that one sends again. */
  @Override
  public void close() {
    try (FileChannel open = channel) {
      if (open.isOpen() && !named && open.size() == 0) {
        delete();
      }
    } catch (IOException e) {
      // Nothing that was verified is lost with it.
    }
  }
}
