package org.purertc.ice;

/**
 * Names the local end of a path: a bound UDP port, an allocation on a TURN server, or an end of TCP
 * connections. The owner of the sockets gives the numbers, the agent repeats them.
 */
public record PathId(int number) {}
