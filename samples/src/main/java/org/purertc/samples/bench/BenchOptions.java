package org.purertc.samples.bench;

/**
 * What a case needs to know.
 *
 * @param sizeBytes of a message
 * @param warmNs before the measuring window
 * @param measureNs length of the measuring window
 * @param count round trips or pairs
 * @param highWaterBytes the offerer keeps no more than this in the channel
 */
record BenchOptions(int sizeBytes, long warmNs, long measureNs, int count, long highWaterBytes) {}
