package org.purertc.internal.jsep;

/** RFC 9429 section 4.1.8. */
public enum DescriptionType {
  OFFER,
  PRANSWER,
  ANSWER,
  ROLLBACK
}
