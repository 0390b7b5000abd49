package org.purertc.samples.transfer;

import java.util.List;
import org.purertc.samples.transfer.TransferMessage.Accept;
import org.purertc.samples.transfer.TransferMessage.Begin;
import org.purertc.samples.transfer.TransferMessage.Done;
import org.purertc.samples.transfer.TransferMessage.End;
import org.purertc.samples.transfer.TransferMessage.Entries;
import org.purertc.samples.transfer.TransferMessage.Failed;
import org.purertc.samples.transfer.TransferMessage.Have;
import org.purertc.samples.transfer.TransferMessage.Offer;
import org.purertc.samples.transfer.TransferMessage.Received;
import org.purertc.samples.transfer.TransferMessage.Skip;
import org.purertc.samples.transfer.TransferMessage.Verified;
import org.purertc.samples.transfer.TransferMessage.Zeros;

/** The text messages of a transfer, described in {@code docs/transfer.md}. */
sealed interface TransferMessage
    permits Hello,
        Entries,
        Offer,
        Have,
        Skip,
        Accept,
        Begin,
        Zeros,
        Received,
        End,
        Verified,
        Done,
        Failed {

  /** The next things of the manifest. */
  record Entries(List<Entry> entries) implements TransferMessage {}

  /** The manifest is complete; {@code bytes} may be {@link Entry#UNKNOWN}. */
  record Offer(long files, long bytes) implements TransferMessage {}

  /** The receiver holds leading blocks of a file; their hashes one after the other. */
  record Have(int file, long block, byte[] hashes) implements TransferMessage {}

  /** The receiver has these files. */
  record Skip(List<Integer> files) implements TransferMessage {}

  /** The receiver wants the rest, at so many bytes a second, 0 for any number. */
  record Accept(long limitBytesPerSecond) implements TransferMessage {}

  /** Bytes of this file follow. */
  record Begin(int file, long from) implements TransferMessage {}

  /** So many zero bytes are next. */
  record Zeros(long bytes) implements TransferMessage {}

  /** The receiver has written so many bytes of this session; the sender may go one window on. */
  record Received(long bytes) implements TransferMessage {}

  /** All bytes of the file are sent. */
  record End(int file, String sha256) implements TransferMessage {}

  /** The receiver has the file and its hash is the sender's. */
  record Verified(int file, String sha256) implements TransferMessage {}

  /** The sender knows that everything arrived. */
  record Done() implements TransferMessage {}

  /** Either side gives up. */
  record Failed(FailureCode code, String reason) implements TransferMessage {}
}
