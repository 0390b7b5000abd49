package org.purertc.samples.transfer;

import java.io.IOException;

/** Where a sender's entries and bytes come from; an object serves one session. */
public interface TransferSource {

  /** The first call: what there is to send now. */
  Manifest scan() throws IOException;

  /** The bytes of a file of the manifest. */
  ByteSource open(int index) throws IOException;
}
