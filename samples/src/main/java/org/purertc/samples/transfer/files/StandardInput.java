package org.purertc.samples.transfer.files;

import java.io.InputStream;
import java.util.List;
import org.purertc.samples.transfer.ByteSource;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferSource;

/** A stream as one file whose length nobody knows; it can be read once. */
public final class StandardInput implements TransferSource {
  private final InputStream in;
  private final String name;
  private boolean opened;

  /**
   * Of a stream, usually {@link System#in}.
   *
   * @param name what the receiver calls the file
   */
  public StandardInput(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  @Override
  public synchronized Manifest scan() throws TransferException {
    checkUnread();
    return Manifest.of(List.of(Entry.file(name, Entry.UNKNOWN, System.currentTimeMillis(), false)));
  }

  @Override
  public synchronized ByteSource open(int index) throws TransferException {
    checkUnread();
    opened = true;
    return PolledStream.start(in);
  }

  private void checkUnread() throws TransferException {
    if (opened) {
      throw new TransferException(
          FailureCode.SOURCE, "standard input can be read only once: start the sender again");
    }
  }
}
