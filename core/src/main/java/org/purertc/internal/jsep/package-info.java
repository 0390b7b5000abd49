/**
 * JSEP (RFC 9429): offer and answer.
 *
 * <p>A function of descriptions; knows no transport and no time.
 */
@NullMarked
package org.purertc.internal.jsep;

import org.jspecify.annotations.NullMarked;
