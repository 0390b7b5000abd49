package org.purertc.ice;

/**
 * What happened on one candidate pair, in the words of W3C's RTCIceCandidatePairStats.
 *
 * @param state {@code frozen}, {@code waiting}, {@code in-progress}, {@code succeeded} or {@code
 *     failed}
 * @param roundTripNs of the last answered check; -1 without one
 * @param totalRoundTripNs of all answered checks
 * @param requestsSent checks, those for consent included
 */
public record PairStatistics(
    CandidatePair pair,
    String state,
    boolean nominated,
    long roundTripNs,
    long totalRoundTripNs,
    long requestsSent,
    long responsesReceived,
    long requestsReceived) {

  static PairStatistics of(CheckPair pair, boolean nominated) {
    String state =
        switch (pair.state) {
          case FROZEN -> "frozen";
          case WAITING -> "waiting";
          case IN_PROGRESS -> "in-progress";
          case SUCCEEDED -> "succeeded";
          case FAILED -> "failed";
        };
    return new PairStatistics(
        pair.candidates(),
        state,
        nominated,
        pair.roundTripNs,
        pair.totalRoundTripNs,
        pair.requestsSent,
        pair.responsesReceived,
        pair.requestsReceived);
  }
}
