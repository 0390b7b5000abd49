package org.purertc.internal.jsep;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.GroupAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

/** What a remote description must keep to, whatever it negotiates. */
final class DescriptionChecks {

  private DescriptionChecks() {}

  /**
   * @param local that of the last negotiation, null in the first
   * @param remote that of the last negotiation, null in the first
   */
  static void checkOffer(
      SessionDescription offer,
      @Nullable SessionDescription local,
      @Nullable SessionDescription remote)
      throws JsepException {
    checkEachSection(offer);
    if (local == null || remote == null) {
      return;
    }
    List<MediaDescription> before = local.media();
    List<MediaDescription> now = offer.media();
    // RFC 3264 section 8: a new offer has at least as many sections, in the same order.
    if (now.size() < before.size()) {
      throw JsepException.invalidAccess(
          "offer has " + now.size() + " m-lines, the session has " + before.size());
    }
    for (int i = 0; i < before.size(); i++) {
      // RFC 9429 section 5.2.2: a section that either side rejected may be used anew.
      if (MediaSections.isLive(local, before.get(i))
          && MediaSections.isLive(remote, remote.media().get(i))) {
        checkSame(before.get(i), now.get(i), i);
      }
    }
  }

  static void checkAnswer(SessionDescription answer, SessionDescription offer)
      throws JsepException {
    checkEachSection(answer);
    List<MediaDescription> offered = offer.media();
    List<MediaDescription> answered = answer.media();
    // RFC 3264 section 6: as many sections as the offer.
    if (answered.size() != offered.size()) {
      throw JsepException.invalidAccess(
          "answer has " + answered.size() + " m-lines, the offer has " + offered.size());
    }
    for (int i = 0; i < offered.size(); i++) {
      checkSame(offered.get(i), answered.get(i), i);
      checkAccepted(offer, offered.get(i), answered.get(i), i);
    }
    checkAnsweredBundles(answer, offer);
  }

  private static void checkEachSection(SessionDescription description) throws JsepException {
    checkBundles(description);
    List<MediaDescription> media = description.media();
    for (int i = 0; i < media.size(); i++) {
      MediaDescription section = media.get(i);
      // W3C RTCRtcpMuxPolicy "require": without rtcp-mux the description fails.
      if (MediaSections.isRtp(section)
          && MediaSections.isLive(description, section)
          && !section.attributes().hasRtcpMux()) {
        throw JsepException.invalidAccess(
            name(section, i)
                + ": a=rtcp-mux is missing, RTCP on a port of its own is not supported");
      }
    }
  }

  private static void checkBundles(SessionDescription description) throws JsepException {
    Set<String> free = new HashSet<>();
    for (MediaDescription section : description.media()) {
      String mid = section.mid();
      if (mid != null) {
        free.add(mid);
      }
    }
    for (GroupAttribute group : description.bundles()) {
      for (String mid : group.mids()) {
        // RFC 9143 section 5: a mid is in one BUNDLE group only.
        if (!free.remove(mid)) {
          throw JsepException.invalidAccess(
              "BUNDLE names mid " + mid + ", which no m-line has or which is bundled already");
        }
      }
    }
  }

  private static void checkSame(MediaDescription before, MediaDescription now, int index)
      throws JsepException {
    if (!before.media().equals(now.media())) {
      throw JsepException.invalidAccess(
          name(now, index) + ": was " + before.media() + ", the order of m-lines must not change");
    }
    String mid = before.mid();
    String newMid = now.mid();
    if (mid != null && newMid != null && !mid.equals(newMid)) {
      throw JsepException.invalidAccess(
          name(now, index) + ": a=mid:" + newMid + " was a=mid:" + mid);
    }
  }

  private static void checkAccepted(
      SessionDescription offer, MediaDescription offered, MediaDescription answered, int index)
      throws JsepException {
    if (answered.port() == 0) {
      return;
    }
    if (!MediaSections.isLive(offer, offered)) {
      throw JsepException.invalidAccess(
          name(answered, index) + ": has a port, but the offer's m-line has port 0");
    }
    // RFC 3264 section 6: the transport protocol of the answer is that of the offer.
    if (!answered.protocol().equals(offered.protocol())) {
      throw JsepException.invalidAccess(
          name(answered, index)
              + ": protocol "
              + answered.protocol()
              + ", the offer has "
              + offered.protocol());
    }
  }

  private static void checkAnsweredBundles(SessionDescription answer, SessionDescription offer)
      throws JsepException {
    for (GroupAttribute group : answer.bundles()) {
      for (String mid : group.mids()) {
        // RFC 9143 section 7.3: the answerer must not add to a group.
        if (offer.bundles().stream().noneMatch(offered -> offered.mids().contains(mid))) {
          throw JsepException.invalidAccess(
              "answer bundles mid " + mid + ", which the offer did not");
        }
      }
    }
  }

  private static String name(MediaDescription section, int index) {
    return "m-line " + index + " (" + section.media() + ")";
  }
}
