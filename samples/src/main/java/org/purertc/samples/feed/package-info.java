/**
 * {@code purertc feed}: made-up prices and notifications for everybody in a room, as the ticker
 * page shows them (docs/ticker.md).
 */
@NullMarked
package org.purertc.samples.feed;

import org.jspecify.annotations.NullMarked;
