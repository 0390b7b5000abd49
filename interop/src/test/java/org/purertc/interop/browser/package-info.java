/**
 * Real browsers as peers: one page that runs what the test says and reports what happens.
 *
 * <p>Chromium and Firefox run the same tests through the same page; only how they are started and
 * where they find the server differs.
 */
@NullMarked
package org.purertc.interop.browser;

import org.jspecify.annotations.NullMarked;
