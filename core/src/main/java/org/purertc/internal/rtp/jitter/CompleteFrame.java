package org.purertc.internal.rtp.jitter;

import org.purertc.internal.rtp.format.PayloadDescriptor;

/**
 * All packets of a frame are in the store.
 *
 * @param startIsCertain false when a packet may be missing before the first
 * @param descriptor of its first payload
 */
record CompleteFrame(
    long firstSequence,
    long lastSequence,
    long timestamp,
    boolean keyFrame,
    boolean startIsCertain,
    PayloadDescriptor descriptor,
    int payloadType,
    int packets,
    long firstArrivalNs,
    long completeNs) {

  /** Of a temporal layer that frames of the lowest one do not need. */
  boolean isOfHigherTemporalLayer() {
    return descriptor.temporalLayer() > 0;
  }

  AssembledFrame assembled(byte[] data) {
    return new AssembledFrame(
        data,
        timestamp,
        keyFrame,
        firstSequence,
        lastSequence,
        payloadType,
        packets,
        firstArrivalNs,
        completeNs);
  }
}
