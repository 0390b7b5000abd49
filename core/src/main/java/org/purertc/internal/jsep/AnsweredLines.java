package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.purertc.sdp.GroupAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

/** What a remote answer makes of the sections of our offer. */
final class AnsweredLines {

  private AnsweredLines() {}

  /**
   * @param offered the sections of our offer
   */
  static MLines of(SessionDescription answer, SessionDescription offer, MLines offered)
      throws JsepException {
    List<MLine> lines = new ArrayList<>();
    for (int i = 0; i < offered.size(); i++) {
      MLine line = offered.list().get(i);
      lines.add(isAccepted(answer, i, line) ? line : line.rejected());
    }
    Set<Integer> bundled = new HashSet<>();
    for (GroupAttribute group : answer.bundles()) {
      // RFC 9143 section 7.3.1: the first mid names the section whose transport is used.
      int transport = -1;
      for (String mid : group.mids()) {
        int index = answer.indexOfMid(mid);
        if (lines.get(index).isLive()) {
          transport = transport < 0 ? lines.get(index).transport() : transport;
          lines.set(index, lines.get(index).onTransport(transport));
          bundled.add(index);
        }
      }
    }
    checkAlone(offer, lines, bundled);
    return new MLines(lines);
  }

  private static boolean isAccepted(SessionDescription answer, int index, MLine line) {
    MediaDescription section = answer.media().get(index);
    return line.isLive()
        && MediaSections.isLive(answer, section)
        && (!line.isData() || DataSection.indexIn(answer) == index);
  }

  /** RFC 9143 section 7.2.1: what was offered on the transport of others works only with them. */
  private static void checkAlone(SessionDescription offer, List<MLine> lines, Set<Integer> bundled)
      throws JsepException {
    Set<Integer> alone = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      MLine line = lines.get(i);
      if (line.isLive() && !bundled.contains(i)) {
        boolean bundleOnly = offer.media().get(i).attributes().has("bundle-only");
        if (bundleOnly || !alone.add(line.transport())) {
          throw JsepException.invalidAccess(
              "answer accepts m-line " + i + " without the BUNDLE that it was offered in");
        }
      }
    }
  }
}
