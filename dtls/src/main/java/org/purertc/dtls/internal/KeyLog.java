package org.purertc.dtls.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/** Lines of the NSS key log format, with which Wireshark decrypts a capture. */
final class KeyLog implements AutoCloseable {

  private final Writer file;

  KeyLog(Path path) {
    try {
      createPrivate(path);
      file = Files.newBufferedWriter(path, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the key log file " + path + ": choose another path or leave it out", e);
    }
  }

  /** Whoever reads this file reads the traffic: it is its owner's alone, where files have one. */
  private static void createPrivate(Path path) throws IOException {
    if (Files.exists(path)) {
      return;
    }
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(path);
    }
  }

  void write(byte[] clientRandom, byte[] masterSecret) throws IOException {
    HexFormat hex = HexFormat.of();
    String line =
        "CLIENT_RANDOM " + hex.formatHex(clientRandom) + ' ' + hex.formatHex(masterSecret) + '\n';
    synchronized (file) {
      file.write(line);
      file.flush();
    }
  }

  @Override
  public void close() {
    synchronized (file) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close the key log file", e);
      }
    }
  }
}
