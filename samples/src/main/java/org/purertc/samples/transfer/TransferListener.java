package org.purertc.samples.transfer;

/** Told how a transfer goes; called in order, never at the same time. */
public interface TransferListener {

  /** Ignores everything. */
  TransferListener NONE =
      new TransferListener() {
        @Override
        public void onStart(String name, long bytes) {}

        @Override
        public void onProgress(long bytes) {}
      };

  /** Both sides agreed, bytes follow. */
  void onStart(String name, long bytes);

  /** So many bytes are with the receiver. */
  void onProgress(long bytes);
}
