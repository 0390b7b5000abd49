package org.purertc.samples.bench;

import org.jspecify.annotations.Nullable;

/**
 * Where pairs are made.
 *
 * @param peers makes their ends
 * @param network the bad network between them; null: none, they reach each other directly
 */
record BenchPlace(PeerSource peers, @Nullable NetworkConditions network) {}
