package org.purertc.ice.io;

import java.net.ProtocolFamily;

/**
 * An interface of this host and a family of addresses that it has.
 *
 * @param network the name of the interface
 * @param index its number, which no later interface of that name has
 */
public record MulticastLink(String network, int index, ProtocolFamily family) {}
