package org.purertc.internal.media;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.NegotiatedMedia;
import org.purertc.sdp.MediaDirection;

/**
 * A transceiver as a user reads it.
 *
 * @param mid null before it has a section
 * @param currentDirection null before the first negotiation
 * @param hasSent whether any answer has let it send
 * @param sendRids of the encodings that may be sent; empty without simulcast
 * @param media what was agreed on last; null before
 */
public record TransceiverState(
    @Nullable String mid,
    MediaDirection direction,
    @Nullable MediaDirection currentDirection,
    boolean stopped,
    boolean hasSent,
    List<String> sendRids,
    @Nullable NegotiatedMedia media) {}
