package org.purertc.samples.share;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A link in a file that only this user can read, until its transfer is done: a sender that is run
 * again opens the same one, and the receivers that wait for it go on.
 */
final class KeptLink implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 4_096;

  /** What has to be the same for the link to be the same. */
  record Address(Room room, LinkSecret secret, int port) {}

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private KeptLink(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Opens the link for {@code words}, which say what is sent.
   *
   * @return null when another process serves it now
   * @throws IOException when the file cannot be made
   */
  static @Nullable KeptLink open(Path directory, List<String> words) throws IOException {
    Files.createDirectories(directory, ownersOnly(directory.getFileSystem(), "rwx------"));
    Path file = directory.resolve("link-" + key(words) + ".json");
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            ownersOnly(directory.getFileSystem(), "rw-------"));
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      return lock == null ? null : new KeptLink(file, channel, lock);
    } catch (OverlappingFileLockException e) {
      return null;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static FileAttribute<?>[] ownersOnly(FileSystem system, String permissions) {
    return system.supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static String key(List<String> words) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(String.join("\0", words).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What an earlier run wrote; null when there was none, or it cannot be read. */
  @Nullable Address address() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size(), MAX_BYTES));
    for (int read = 0; read >= 0 && buffer.hasRemaining(); ) {
      read = channel.read(buffer, buffer.position());
    }
    try {
      JsonNode node = JSON.readTree(new String(buffer.array(), 0, buffer.position(), UTF_8));
      String room = node.path("room").asText();
      int port = node.path("port").asInt();
      return Room.isOne(room) && port > 0 && port <= 0xffff
          ? new Address(new Room(room), new LinkSecret(node.path("secret").asText()), port)
          : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  void save(Address address) throws IOException {
    String text =
        JSON.createObjectNode()
            .put("room", address.room().text())
            .put("secret", address.secret().text())
            .put("port", address.port())
            .toString();
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    channel.truncate(0);
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
  }

  /** The transfer is done, nobody will ask for the link again. */
  void forget() throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    lock.close();
    channel.close();
  }
}
