package org.purertc.samples.transfer;

/** Checks and forgets: for demonstrations and measurements. */
public record DiscardingTarget(long maxBytes) implements TransferTarget {

  @Override
  public Plan plan(Manifest manifest) throws TransferException {
    if (manifest.bytes() > maxBytes) {
      throw new TransferException(
          FailureCode.DISK, "at most " + (maxBytes >> 20) + " MiB are taken here");
    }
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
