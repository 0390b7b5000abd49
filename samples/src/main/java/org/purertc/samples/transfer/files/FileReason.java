package org.purertc.samples.transfer.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.TransferException;

/** Why the file system refused something, in words. */
final class FileReason {
  private FileReason() {}

  /** A failure that says {@code what} could not be done, and why. */
  static TransferException failure(FailureCode code, String what, IOException e) {
    return e instanceof TransferException it
        ? it
        : new TransferException(code, what + ": " + of(e));
  }

  static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    String reason = e instanceof FileSystemException it ? it.getReason() : e.getMessage();
    return reason == null ? "not possible" : reason;
  }
}
