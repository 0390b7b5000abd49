package org.purertc.interop.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSessionDescription;
import org.purertc.samples.relay.BadNetwork;

/**
 * A browser and a Java peer that know no way to each other but through a relay that loses
 * datagrams: the descriptions pass without candidates, and the page learns the relay's only.
 */
final class LossyPath implements AutoCloseable {
  private static final String CANDIDATE_LINES = "a=(candidate:[^\r\n]*|end-of-candidates)\r\n";
  private static final Pattern HOST =
      Pattern.compile(
          "a=candidate:\\S+ 1 udp \\d+ ([\\d.]+) (\\d+) typ host", Pattern.CASE_INSENSITIVE);

  private static final Pattern HIDDEN =
      Pattern.compile(
          "a=candidate:\\S+ 1 udp \\d+ \\S+\\.local (\\d+) typ host", Pattern.CASE_INSENSITIVE);

  private final BadNetwork relay;
  private final Conditions conditions;

  private LossyPath(BadNetwork relay, Conditions conditions) {
    this.relay = relay;
    this.conditions = conditions;
  }

  /**
   * The page offers what its transceivers say.
   *
   * @param subnet how addresses begin by which both reach each other
   * @param change of the page's offer
   */
  static LossyPath offer(
      BrowserPeer browser,
      RTCPeerConnection java,
      String subnet,
      Conditions conditions,
      UnaryOperator<String> change)
      throws IOException {
    ObjectNode offer = (ObjectNode) browser.run("return localDescription(false)");
    String whole = offer.get("sdp").asText();
    browser.describeJava(java, offer.put("sdp", change.apply(withoutCandidates(whole))));
    BrowserPeer.get(java.setLocalDescription());
    RTCSessionDescription answer = BrowserPeer.get(java.gatheringComplete());
    InetSocketAddress javaEnd = host(answer.sdp(), subnet).orElseThrow();
    InetSocketAddress pageEnd = hidden(whole, browser.browser().host());
    BadNetwork relay =
        BadNetwork.start(pageEnd, javaEnd, conditions.roundTrip().toNanos(), conditions.loss());
    InetSocketAddress forPage = relay.addressForA();
    String candidate =
        "candidate:1 1 udp 2130706431 %s %d typ host"
            .formatted(forPage.getAddress().getHostAddress(), forPage.getPort());
    BrowserPeer.get(
        browser.describePage(
            new RTCSessionDescription(answer.type(), withoutCandidates(answer.sdp())),
            "await pc.addIceCandidate({candidate: '" + candidate + "', sdpMLineIndex: 0})"));
    return new LossyPath(relay, conditions);
  }

  /** What the relay does to each direction. */
  record Conditions(Duration roundTrip, double loss) {}

  private static String withoutCandidates(String sdp) {
    return sdp.replaceAll(CANDIDATE_LINES, "");
  }

  /**
   * Browsers name their ports only. The relay learns an address of this host from the first
   * datagram; one of another network namespace it must know.
   */
  private static @Nullable InetSocketAddress hidden(String sdp, @Nullable String host) {
    Matcher candidate = HIDDEN.matcher(sdp);
    return host != null && candidate.find()
        ? new InetSocketAddress(address(host), Integer.parseInt(candidate.group(1)))
        : null;
  }

  private static Optional<InetSocketAddress> host(String sdp, String subnet) {
    Matcher candidates = HOST.matcher(sdp);
    return candidates
        .results()
        .filter(it -> it.group(1).startsWith(subnet))
        .map(it -> new InetSocketAddress(address(it.group(1)), Integer.parseInt(it.group(2))))
        .findFirst();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String toString() {
    return conditions.toString();
  }

  @Override
  public void close() throws IOException {
    relay.close();
  }
}
