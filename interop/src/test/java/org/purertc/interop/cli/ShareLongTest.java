package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.interop.cli.ShareFolder.link;
import static org.purertc.interop.cli.ShareFolder.send;
import static org.purertc.interop.cli.ShareFolder.succeeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files above 2^32 bytes, each side with 64 MiB of heap; needs 10 GB of disk. */
@Tag("long")
class ShareLongTest {
  private static final long FIVE_GB = 5_000_000_000L;

  /** A file of so many bytes and no holes is a failure of the test below. */
  private static final long SPARSE_BYTES = (1L << 32) + 5;

  @TempDir Path temporary;
  private ShareFolder folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = new ShareFolder(temporary);
  }

  private Path carry(Path file) throws IOException {
    try (Program sender = send(file);
        Program receiver = folder.receive(link(sender))) {
      succeeds(receiver);
      succeeds(sender);
      System.out.println(receiver.err().get(receiver.err().size() - 1));
    }
    Path arrived = folder.target().resolve(file.getFileName());
    assertThat(Files.mismatch(file, arrived)).isEqualTo(-1);
    return arrived;
  }

  @Test
  void carriesFiveGigabytes() throws IOException {
    carry(folder.file("five.bin", FIVE_GB));
  }

  @Test
  void aSparseFileAbove32BitsStaysSparse() throws IOException {
    long freeBefore = Files.getFileStore(temporary).getUsableSpace();
    carry(folder.sparse("sparse.bin", SPARSE_BYTES));
    long used = freeBefore - Files.getFileStore(temporary).getUsableSpace();
    assertThat(used).isLessThan(SPARSE_BYTES / 4);
  }
}
