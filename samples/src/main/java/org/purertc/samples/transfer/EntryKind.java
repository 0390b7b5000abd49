package org.purertc.samples.transfer;

/** What an entry of a manifest is. */
public enum EntryKind {
  FILE("file"),
  DIRECTORY("directory"),
  LINK("link");

  private final String word;

  EntryKind(String word) {
    this.word = word;
  }

  /** Its name in a message. */
  String word() {
    return word;
  }

  static EntryKind of(String word) throws TransferException {
    for (EntryKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    throw new TransferException(
        FailureCode.PROTOCOL, "an entry is neither file, directory nor link");
  }
}
