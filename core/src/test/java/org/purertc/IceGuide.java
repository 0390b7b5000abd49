package org.purertc;

import java.time.Duration;
import java.util.function.Consumer;

/** The programs of docs/ice.md. */
final class IceGuide {
  private IceGuide() {}

  static RTCConfiguration servers(String username, String credential) {
    return RTCConfiguration.builder()
        .iceServer("stun:stun.example.org")
        .iceServer("turn:turn.example.org", username, credential)
        .iceServer("turns:turn.example.org:443?transport=tcp", username, credential)
        .build();
  }

  static void report(RTCPeerConnection connection, Consumer<String> log) {
    connection.onIceCandidateError(
        error -> log.accept(error.url() + ": " + error.errorCode() + " " + error.errorText()));
  }

  static RTCConfiguration relayOnly(String url, String username, String credential) {
    return RTCConfiguration.builder()
        .iceServer(url, username, credential)
        .iceTransportPolicy(RTCIceTransportPolicy.RELAY)
        .build();
  }

  static PeerConnectionFactory server(int port, String publicAddress) {
    return PeerConnectionFactory.builder().udpPort(port).natMapping(publicAddress).build();
  }

  static PeerConnectionFactory careful() {
    return PeerConnectionFactory.builder()
        .interfaceFilter(name -> !name.startsWith("docker"))
        .localAddressFilter(AddressPrefix.of("192.168.1.0/24"))
        .remoteAddressFilter(AddressPrefix.of("10.0.0.0/8").negate())
        .build();
  }

  static void restartWhenLost(RTCPeerConnection connection) {
    connection.onConnectionStateChange(
        state -> {
          if (state == RTCPeerConnectionState.DISCONNECTED
              || state == RTCPeerConnectionState.FAILED) {
            connection.restartIce();
          }
        });
  }

  static PeerConnectionFactory patient() {
    return PeerConnectionFactory.builder()
        .iceTiming(IceTiming.DEFAULT.withLimits(Duration.ofSeconds(10), Duration.ofMinutes(2)))
        .build();
  }

  static PeerConnectionFactory lite(int port) {
    return PeerConnectionFactory.builder().iceLite().udpPort(port).build();
  }

  static String path(RTCStatsReport report) {
    for (RTCStats transport : report.ofType("transport")) {
      String selected = transport.text("selectedCandidatePairId");
      RTCStats pair = selected == null ? null : report.get(selected);
      if (pair != null) {
        return type(report, pair.text("localCandidateId"))
            + " to "
            + type(report, pair.text("remoteCandidateId"))
            + ", "
            + Math.round(pair.doubleValue("currentRoundTripTime") * 1000)
            + " ms";
      }
    }
    return "no path";
  }

  private static String type(RTCStatsReport report, String id) {
    RTCStats candidate = id == null ? null : report.get(id);
    return candidate == null ? "?" : candidate.text("candidateType");
  }
}
