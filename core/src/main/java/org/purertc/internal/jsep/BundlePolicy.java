package org.purertc.internal.jsep;

/** RFC 9429 section 4.1.1: which sections of an offer have a transport of their own. */
public enum BundlePolicy {
  /** The first of each media type. */
  BALANCED,
  /** Each of them, for peers that do not bundle. */
  MAX_COMPAT,
  /** The first only. */
  MAX_BUNDLE
}
