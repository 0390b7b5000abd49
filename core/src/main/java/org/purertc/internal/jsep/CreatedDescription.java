package org.purertc.internal.jsep;

import org.purertc.sdp.SessionDescription;

/**
 * A description of ours that can be applied.
 *
 * @param lines what its sections belong to
 */
record CreatedDescription(SessionDescription description, MLines lines) {}
