package org.purertc.samples.signaling.cluster;

import java.util.List;

/**
 * What a request is answered with.
 *
 * @param messages for the client
 * @param received the number of the last message of the client that is there
 */
public record CallAnswer(List<String> messages, long received) {}
