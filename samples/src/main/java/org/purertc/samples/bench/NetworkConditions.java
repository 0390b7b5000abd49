package org.purertc.samples.bench;

/**
 * A bad network between two ends.
 *
 * @param rttNs round trip
 * @param loss share of the datagrams, 0 to 1
 */
record NetworkConditions(long rttNs, double loss) {}
