package org.purertc.internal.media;

/**
 * What W3C's inbound-rtp statistics say of frames and their buffer.
 *
 * @param framesReceived whole frames
 * @param framesDelivered to the program, which decodes them
 * @param bufferDelayNs of all that were delivered
 * @param payloadType of the newest frame; -1 before one
 */
record ReceptionFigures(
    long framesReceived,
    long framesDelivered,
    long keyFramesDelivered,
    long framesDropped,
    long packetsDiscarded,
    long bufferDelayNs,
    long bufferTargetDelayNs,
    long samplesDelivered,
    long samplesConcealed,
    long concealmentEvents,
    long freezeCount,
    long freezeDurationNs,
    int payloadType) {}
