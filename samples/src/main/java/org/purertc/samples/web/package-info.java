/**
 * The embedded HTTP server: static pages, and one peer for each WebSocket.
 *
 * <p>Knows nothing of the samples that are built on it.
 */
@NullMarked
package org.purertc.samples.web;

import org.jspecify.annotations.NullMarked;
