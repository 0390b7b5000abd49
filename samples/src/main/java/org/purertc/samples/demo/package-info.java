/**
 * The demo page's Java side: echoes chat and pings, takes a file and gives one.
 *
 * <p>Knows one visitor at a time; visitors never meet.
 */
@NullMarked
package org.purertc.samples.demo;

import org.jspecify.annotations.NullMarked;
