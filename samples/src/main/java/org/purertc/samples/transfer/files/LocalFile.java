package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.purertc.samples.transfer.ByteSource;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.TransferException;

/** A file of a tree while it is read; it has to stay the one that was scanned. */
final class LocalFile implements ByteSource {
  private final Path path;
  private final Entry entry;

  /** Only what is named on the command line may be a link. */
  private final LinkOption[] links;

  private final FileChannel channel;

  private LocalFile(Path path, Entry entry, LinkOption[] links, FileChannel channel) {
    this.path = path;
    this.entry = entry;
    this.links = links;
    this.channel = channel;
  }

  static LocalFile open(Path path, Entry entry) throws IOException {
    boolean named = entry.path().indexOf('/') < 0;
    Set<OpenOption> options =
        named
            ? Set.of(StandardOpenOption.READ)
            : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      LinkOption[] links = named ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
      FileChannel channel = FileChannel.open(path, options);
      LocalFile file = new LocalFile(path, entry, links, channel);
      file.checkNow();
      return file;
    } catch (IOException e) {
      throw FileReason.failure(FailureCode.SOURCE, "cannot read " + path, e);
    }
  }

  private void checkNow() throws IOException {
    try {
      checkUnchanged();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return channel.read(ByteBuffer.wrap(buffer, offset, length));
    } catch (IOException e) {
      throw FileReason.failure(FailureCode.SOURCE, "cannot read " + path, e);
    }
  }

  @Override
  public void rewind(long position) throws IOException {
    channel.position(position);
  }

  @Override
  public void checkUnchanged() throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, links);
    if (now.size() != entry.bytes() || now.lastModifiedTime().toMillis() != entry.modifiedMs()) {
      throw new TransferException(FailureCode.SOURCE, path + " changed while it was sent");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
