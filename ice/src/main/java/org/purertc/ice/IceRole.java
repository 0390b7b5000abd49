package org.purertc.ice;

/** Which side nominates, RFC 8445 section 6.1.1. */
public enum IceRole {
  CONTROLLING,
  CONTROLLED
}
