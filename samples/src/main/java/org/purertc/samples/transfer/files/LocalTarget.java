package org.purertc.samples.transfer.files;

import java.nio.file.Path;
import org.purertc.samples.transfer.ContentHash;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.Plan;
import org.purertc.samples.transfer.TransferTarget;

/** A directory of this machine. */
public final class LocalTarget implements TransferTarget {

  /**
   * In a directory that exists.
   *
   * @param force replaces files of the same name
   */
  public LocalTarget(Path directory, boolean force) {}

  @Override
  public Plan plan(Manifest manifest) {
    return Plan.EVERYTHING;
  }

  @Override
  public ContentHash begin(int index, long from) {
    return new ContentHash();
  }

  @Override
  public void write(byte[] bytes) {}

  @Override
  public void zeros(long bytes) {}

  @Override
  public void commit() {}

  @Override
  public void finish() {}

  @Override
  public void discard() {}

  @Override
  public void close() {}
}
