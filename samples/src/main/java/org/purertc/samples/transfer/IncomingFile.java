package org.purertc.samples.transfer;

import java.io.IOException;

/** The file that comes now: counted, hashed and handed to the target. */
final class IncomingFile {
  private final TransferTarget target;
  private final int index;
  private final Entry entry;
  private final ContentHash hash;
  private long position;

  IncomingFile(TransferTarget target, int index, Entry entry, long from) throws IOException {
    this.target = target;
    this.index = index;
    this.entry = entry;
    this.hash = target.begin(index, from);
    this.position = from;
  }

  void write(byte[] bytes) throws IOException {
    count(bytes.length);
    target.write(bytes);
    hash.update(bytes, 0, bytes.length);
  }

  void zeros(long bytes) throws IOException {
    if (bytes > OutgoingFile.BUFFER_BYTES) {
      throw new TransferException(FailureCode.PROTOCOL, "the sender sent too many zeros at once");
    }
    count(bytes);
    target.zeros(bytes);
    hash.zeros(bytes);
  }

  private void count(long bytes) throws TransferException {
    boolean fits =
        entry.isStream() ? position <= Long.MAX_VALUE - bytes : bytes <= entry.bytes() - position;
    if (!fits) {
      throw new TransferException(
          FailureCode.PROTOCOL, "the sender sent more bytes than it had named");
    }
    position += bytes;
  }

  /** Checks everything; then the file is in place. Returns the hash. */
  String end(TransferMessage.End it) throws IOException {
    if (it.file() != index || (!entry.isStream() && position != entry.bytes())) {
      throw new TransferException(
          FailureCode.PROTOCOL, "the sender ended a file after " + position + " bytes");
    }
    String ours = hash.hex();
    if (!ours.equals(it.sha256())) {
      target.discard();
      throw new TransferException(
          FailureCode.HASH,
          "the SHA-256 of "
              + entry.path()
              + " differs: ours "
              + ours
              + ", the sender's "
              + it.sha256());
    }
    target.commit();
    return ours;
  }
}
