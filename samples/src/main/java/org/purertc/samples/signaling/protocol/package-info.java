/**
 * The messages of docs/signaling.md, version 1: their types, their JSON, and the numbered log from
 * which a session resumes.
 *
 * <p>Knows neither rooms nor connections; both ends use it.
 */
@NullMarked
package org.purertc.samples.signaling.protocol;

import org.jspecify.annotations.NullMarked;
