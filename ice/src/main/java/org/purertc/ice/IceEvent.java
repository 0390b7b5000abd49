package org.purertc.ice;

/** What {@link IceAgent#pollEvent} reports, in the order in which it happened. */
public sealed interface IceEvent {

  record StateChanged(IceTransportState state, String reason) implements IceEvent {}

  /** Application data goes over this pair from now on. */
  record PairSelected(CandidatePair pair, PathId path) implements IceEvent {}

  /** The selected pair answers, after silence or a doubt. */
  record PathConfirmed() implements IceEvent {}

  /** A 487 or a conflicting request turned our role round, RFC 8445 section 7.3.1.1. */
  record RoleChanged(IceRole role) implements IceEvent {}
}
