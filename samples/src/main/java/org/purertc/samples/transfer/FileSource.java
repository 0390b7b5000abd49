package org.purertc.samples.transfer;

import java.io.IOException;
import java.io.InputStream;

/** Where a sender's bytes come from. */
public interface FileSource {

  /** The name without directories. */
  String name();

  long bytes();

  InputStream open() throws IOException;
}
