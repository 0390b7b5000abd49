package org.purertc.internal.sctp.rx;

/**
 * A whole message that may have to wait for others.
 *
 * @param lastTsn of its last fragment
 */
record Message(
    int streamId, boolean unordered, int streamSequence, long ppid, byte[] payload, long lastTsn) {}
