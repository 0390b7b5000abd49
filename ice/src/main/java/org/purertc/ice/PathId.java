package org.purertc.ice;

/**
 * Names the local end of a path: today one bound UDP port; later also an allocation on a TURN
 * server or a TCP connection. The owner of the sockets gives the numbers, the agent repeats them.
 */
public record PathId(int number) {}
