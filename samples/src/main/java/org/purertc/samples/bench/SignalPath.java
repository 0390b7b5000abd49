package org.purertc.samples.bench;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.SignalingMessage;

/** How the signalling of two ends travels, which decides how their datagrams do. */
interface SignalPath extends AutoCloseable {

  /** A path over which the ends reach each other under these conditions; null: directly. */
  static SignalPath open(
      @Nullable NetworkConditions network,
      Consumer<SignalingMessage> toOfferer,
      Consumer<SignalingMessage> toAnswerer) {
    return network == null
        ? new Direct(toOfferer, toAnswerer)
        : new RelayedPath(network, toOfferer, toAnswerer);
  }

  void fromOfferer(SignalingMessage message);

  void fromAnswerer(SignalingMessage message);

  @Override
  void close() throws IOException;

  /** Everything passes. */
  record Direct(Consumer<SignalingMessage> toOfferer, Consumer<SignalingMessage> toAnswerer)
      implements SignalPath {
    @Override
    public void fromOfferer(SignalingMessage message) {
      toAnswerer.accept(message);
    }

    @Override
    public void fromAnswerer(SignalingMessage message) {
      toOfferer.accept(message);
    }

    @Override
    public void close() {}
  }
}
