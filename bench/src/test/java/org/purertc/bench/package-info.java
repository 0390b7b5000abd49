/**
 * Benchmarks of the inner loops (JMH, run by {@code scripts/jmh}).
 *
 * <p>They see the machines behind the API, as the machines' own tests do. JMH is known to these
 * tests only.
 */
@NullMarked
package org.purertc.bench;

import org.jspecify.annotations.NullMarked;
