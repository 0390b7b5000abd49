package org.purertc.samples.signaling.cluster;

import java.util.concurrent.CompletableFuture;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.ProtocolException;

/** A request that another server is to answer. */
record PendingCall(CompletableFuture<CallAnswer> answer, long askedNs) {
  void fail() {
    answer.completeExceptionally(
        new ProtocolException(
            ErrorCode.SHUTTING_DOWN, "the server that has the room cannot be reached"));
  }
}
