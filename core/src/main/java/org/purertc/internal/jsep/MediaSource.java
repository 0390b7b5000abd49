package org.purertc.internal.jsep;

/**
 * A stream of packets that {@code a=ssrc} lines name, RFC 5576.
 *
 * @param rtxSsrc of its retransmissions ({@code a=ssrc-group:FID}); -1 without
 * @param cname empty when not said
 */
public record MediaSource(long ssrc, long rtxSsrc, String cname) {}
