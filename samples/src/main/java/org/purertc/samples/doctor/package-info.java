/**
 * {@code purertc doctor}: asks servers how this machine gets out of its network, and says what is
 * wrong and what to do.
 *
 * <p>What is seen ({@link Observation}) and what follows from it ({@link Diagnosis}) are apart, so
 * that the rules can be read and tested without a network.
 */
@NullMarked
package org.purertc.samples.doctor;

import org.jspecify.annotations.NullMarked;
