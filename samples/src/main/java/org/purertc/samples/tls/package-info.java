/** The certificate with which a server of the samples speaks TLS. */
@NullMarked
package org.purertc.samples.tls;

import org.jspecify.annotations.NullMarked;
