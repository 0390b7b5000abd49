package org.purertc.samples.transfer;

/**
 * The first message of a side.
 *
 * @param proof "" for none
 * @param receiver the random id of this run of the receiving command, "" from a sender or unknown
 * @param wishBytes how large a made-up file the receiver wants, 0 for no wish
 */
public record Hello(Role role, String proof, String receiver, long wishBytes)
    implements TransferMessage {}
