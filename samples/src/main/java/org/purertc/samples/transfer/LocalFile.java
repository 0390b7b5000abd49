package org.purertc.samples.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A regular file as source. */
public record LocalFile(Path path, String name, long bytes) implements FileSource {

  /** Checks that the file can be read, and takes its size. */
  public static LocalFile of(Path path) throws TransferException {
    if (!Files.exists(path)) {
      throw new TransferException("no such file: " + path);
    }
    if (!Files.isRegularFile(path)) {
      throw new TransferException("not a regular file: " + path);
    }
    // Opening tells more than Files.isReadable, which root always passes.
    try (SeekableByteChannel content = Files.newByteChannel(path)) {
      return new LocalFile(path, path.toAbsolutePath().getFileName().toString(), content.size());
    } catch (IOException e) {
      throw new TransferException("cannot read " + path + ": permission denied or gone");
    }
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }
}
