package org.purertc.internal.jsep;

/**
 * An RTP header extension as negotiated: {@code a=extmap}, RFC 8285.
 *
 * @param id 1 to 255; above 14 only with two-byte headers
 */
public record HeaderExtension(String uri, int id) {}
