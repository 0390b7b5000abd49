package org.purertc.interop.browser;

/** A browser that a test may end. */
interface CrashingBrowser extends Browser {

  /** Its page ends without a word to anybody. */
  void crash();
}
