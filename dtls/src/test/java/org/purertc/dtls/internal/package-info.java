/** Tests of what BouncyCastle is wrapped in. */
@NullMarked
package org.purertc.dtls.internal;

import org.jspecify.annotations.NullMarked;
