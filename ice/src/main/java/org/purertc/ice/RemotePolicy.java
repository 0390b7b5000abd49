package org.purertc.ice;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.mdns.MulticastDns;

/**
 * Which candidates of the other side are taken.
 *
 * @param addresses which addresses may be sent checks and may send them
 * @param names looks names of multicast DNS up; null when they are not
 */
record RemotePolicy(Predicate<InetAddress> addresses, @Nullable MulticastDns names) {}
