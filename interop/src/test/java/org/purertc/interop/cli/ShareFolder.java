package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Files to send, a directory to receive into, and the commands that do it. */
final class ShareFolder {
  private final Path folder;
  private final Path target;

  ShareFolder(Path folder) throws IOException {
    this.folder = folder;
    target = Files.createDirectories(folder.resolve("target"));
  }

  Path target() {
    return target;
  }

  Path source(String name) {
    return folder.resolve(name);
  }

  /** {@code purertc send} on loopback. */
  static Program send(Path file, String... options) {
    List<String> all = new ArrayList<>(List.of("send", "--loopback", file.toString()));
    all.addAll(Arrays.asList(options));
    return Program.purertc(all.toArray(String[]::new));
  }

  /** {@code purertc receive} on loopback into {@link #target}. */
  Program receive(String link, String... options) {
    List<String> all =
        new ArrayList<>(List.of("receive", "--loopback", "--dir", target.toString(), link));
    all.addAll(Arrays.asList(options));
    return Program.purertc(all.toArray(String[]::new));
  }

  static String link(Program sender) {
    return sender.await("^(http://127\\.0\\.0\\.1:\\d+/\\S{8}#\\S{22})$").group(1);
  }

  /** The command ended with this code and one line that holds {@code reason}. */
  static void fails(Program program, int exitCode, String reason) {
    assertThat(program.exitCode()).as("%s", program).isEqualTo(exitCode);
    assertThat(program.err())
        .filteredOn(line -> line.startsWith("purertc "))
        .singleElement()
        .asString()
        .contains(reason);
    assertThat(program.err()).noneMatch(line -> line.startsWith("\tat "));
    assertThat(program.err()).noneMatch(line -> line.contains("Exception"));
  }

  static void succeeds(Program program) {
    assertThat(program.exitCode()).as("%s", program).isZero();
  }

  /** What is in {@link #target}. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** A file whose bytes cannot be compressed or guessed; the same for the same size. */
  Path file(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Random random = new Random(bytes);
    byte[] part = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = bytes; left > 0; left -= part.length) {
        random.nextBytes(part);
        out.write(part, 0, (int) Math.min(left, part.length));
      }
    }
    return file;
  }

  Path sparse(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
    return file;
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      byte[] part = new byte[1 << 16];
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        digest.update(part, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
