/**
 * A peer that sends a browser's camera and microphone back to it, and the page that shows both.
 *
 * <p>Knows one visitor at a time; visitors never meet.
 */
@NullMarked
package org.purertc.samples.echo;

import org.jspecify.annotations.NullMarked;
