package org.purertc.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A server that gave no candidate, W3C WebRTC section 4.8.2.
 *
 * @param local from where it was asked; null when there was no socket to ask from
 * @param code the server's STUN error code, or 701 when it could not be reached
 * @param text one line for people
 */
public record CandidateError(
    @Nullable InetSocketAddress local, String url, int code, String text) {}
