package org.purertc.samples.transfer;

/** Told how a transfer goes; called in order, never at the same time. */
public interface TransferListener {

  /** Ignores everything. */
  TransferListener NONE = new TransferListener() {};

  /** The list of what comes is complete. */
  default void onOffer(Manifest manifest) {}

  /**
   * Both sides agreed, bytes follow.
   *
   * @param alreadyBytes are with the receiver from an earlier session
   */
  default void onStart(long alreadyBytes) {}

  /** The bytes of this file follow. */
  default void onFile(Entry entry) {}

  /** So many bytes of all are with the receiver, those from earlier sessions included. */
  default void onProgress(long bytesOfAll) {}
}
