package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.io.InputStream;
import org.purertc.samples.transfer.ByteSource;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferSource;

/** A stream as one file whose length nobody knows; for one session only. */
public final class StandardInput implements TransferSource {

  /**
   * Of a stream, usually {@link System#in}.
   *
   * @param name what the receiver calls the file
   */
  public StandardInput(InputStream in, String name) {}

  @Override
  public Manifest scan() throws IOException {
    throw new IOException("nothing to read");
  }

  @Override
  public ByteSource open(int index) throws IOException {
    throw new IOException("nothing to read");
  }
}
