package org.purertc;

/**
 * How a data channel ended.
 *
 * @param orderly everything that the remote side sent has arrived, and it closed the channel
 */
record ChannelEnd(boolean orderly, String reason) {}
