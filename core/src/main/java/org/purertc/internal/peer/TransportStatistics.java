package org.purertc.internal.peer;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DtlsRole;
import org.purertc.dtls.DtlsSession;
import org.purertc.dtls.SrtpKeys;
import org.purertc.ice.CandidatePair;
import org.purertc.ice.CandidateServer;
import org.purertc.ice.CandidateType;
import org.purertc.ice.IceCandidate;
import org.purertc.ice.PairStatistics;
import org.purertc.ice.TcpType;
import org.purertc.internal.peer.TransportCounters.Traffic;
import org.purertc.internal.stats.StatsEntry;

/**
 * What W3C's statistics say of one transport: itself, its candidates and their pairs, and both
 * certificates.
 */
final class TransportStatistics {
  private final TransportSession transport;
  private final LocalCertificate certificate;
  private final int index;
  private final double timestampMs;
  private final List<StatsEntry> entries = new ArrayList<>();
  private final Map<IceCandidate, String> candidateIds = new LinkedHashMap<>();

  private TransportStatistics(
      TransportSession transport, LocalCertificate certificate, int index, double timestampMs) {
    this.transport = transport;
    this.certificate = certificate;
    this.index = index;
    this.timestampMs = timestampMs;
  }

  static List<StatsEntry> of(
      TransportSession transport, LocalCertificate certificate, int index, double timestampMs) {
    TransportStatistics statistics =
        new TransportStatistics(transport, certificate, index, timestampMs);
    statistics.collect();
    return statistics.entries;
  }

  static String id(int index) {
    return "T" + index;
  }

  private void collect() {
    CandidatePair selected = transport.selectedPair();
    String selectedId = null;
    transport.localCandidates().forEach(candidate -> candidate(candidate, true));
    for (PairStatistics pair : transport.candidatePairs()) {
      String id = pair(pair);
      if (pair.pair().equals(selected)) {
        selectedId = id;
      }
    }
    DtlsSession association = transport.association();
    String remoteCertificateId = association == null ? null : remoteCertificate(association);
    add(
        transport(association)
            .put("selectedCandidatePairId", selectedId)
            .put("localCertificateId", localCertificate())
            .put("remoteCertificateId", remoteCertificateId));
  }

  private StatsEntry.Builder transport(@Nullable DtlsSession association) {
    Traffic total = transport.counters().total();
    DtlsRole role = transport.dtlsRole();
    SrtpKeys keys = association == null ? null : association.srtpKeys();
    return new StatsEntry.Builder("transport", id(index))
        .put("packetsSent", total.packetsSent)
        .put("packetsReceived", total.packetsReceived)
        .put("bytesSent", total.bytesSent)
        .put("bytesReceived", total.bytesReceived)
        .put("iceRole", word(transport.iceRole()))
        .put("iceLocalUsernameFragment", transport.localCredentials().ufrag())
        .put("iceState", word(transport.iceState()))
        .put("dtlsState", word(transport.dtlsState()))
        .put("dtlsRole", role == null ? "unknown" : word(role))
        .put("tlsVersion", association == null ? null : association.version())
        .put("dtlsCipher", association == null ? null : association.cipherSuite())
        .put("srtpCipher", keys == null ? null : SrtpPath.cipherName(keys.profile()))
        .put("selectedCandidatePairChanges", transport.counters().selectedPairChanges());
  }

  private String pair(PairStatistics pair) {
    String local = candidate(pair.pair().local(), true);
    String remote = candidate(pair.pair().remote(), false);
    String id = "CP" + local + "_" + remote;
    Traffic traffic = transport.counters().traffic(pair.pair());
    StatsEntry.Builder entry =
        new StatsEntry.Builder("candidate-pair", id)
            .put("transportId", id(index))
            .put("localCandidateId", local)
            .put("remoteCandidateId", remote)
            .put("state", pair.state())
            .put("nominated", pair.nominated())
            .put("packetsSent", traffic.packetsSent)
            .put("packetsReceived", traffic.packetsReceived)
            .put("bytesSent", traffic.bytesSent)
            .put("bytesReceived", traffic.bytesReceived)
            .seconds("totalRoundTripTime", pair.totalRoundTripNs())
            .put("requestsSent", pair.requestsSent())
            .put("responsesReceived", pair.responsesReceived())
            .put("requestsReceived", pair.requestsReceived())
            .put("responsesSent", pair.requestsReceived());
    if (traffic.packetsSent > 0) {
      entry.put("lastPacketSentTimestamp", epochMs(traffic.lastSentNs));
    }
    if (traffic.packetsReceived > 0) {
      entry.put("lastPacketReceivedTimestamp", epochMs(traffic.lastReceivedNs));
    }
    if (pair.roundTripNs() >= 0) {
      entry.seconds("currentRoundTripTime", pair.roundTripNs());
    }
    add(entry);
    return id;
  }

  private double epochMs(long atNs) {
    return timestampMs - (transport.nowNs() - atNs) / 1e6;
  }

  /** One object for each candidate, however many pairs it is in. */
  private String candidate(IceCandidate candidate, boolean local) {
    String known = candidateIds.get(candidate);
    if (known != null) {
      return known;
    }
    InetSocketAddress address = candidate.address();
    TcpType tcpType = candidate.tcpType();
    // W3C Statistics, "address": a remote one is shown when signalling has told it.
    boolean hidden = !local && candidate.type() == CandidateType.PEER_REFLEXIVE;
    String text = hidden ? null : CandidateText.text(address);
    String place = (hidden ? candidate.foundation() : text) + "_" + address.getPort();
    String id = (local ? "L" : "R") + index + "_" + place + (tcpType == null ? "" : "_" + tcpType);
    candidateIds.put(candidate, id);
    InetSocketAddress related = candidate.relatedAddress();
    CandidateServer server = candidate.server();
    add(
        new StatsEntry.Builder(local ? "local-candidate" : "remote-candidate", id)
            .put("transportId", id(index))
            .put("address", text)
            .put("port", address.getPort())
            .put("protocol", tcpType == null ? "udp" : "tcp")
            .put("tcpType", tcpType == null ? null : tcpType.toString())
            .put("candidateType", candidate.type().toString())
            .put("priority", candidate.priority())
            .put("foundation", candidate.foundation())
            .put("url", server == null ? null : server.url())
            .put("relayProtocol", server == null ? null : server.relayProtocol())
            .put(
                "relatedAddress",
                related == null || candidate.type() == CandidateType.HOST
                    ? null
                    : CandidateText.related(related).address()));
    return id;
  }

  private String localCertificate() {
    String id = "CFL" + index;
    certificate(id, certificate.fingerprint(), certificate.encoded());
    return id;
  }

  private String remoteCertificate(DtlsSession association) {
    String id = "CFR" + index;
    certificate(id, transport.remoteFingerprint(), association.remoteCertificate());
    return id;
  }

  private void certificate(String id, String fingerprint, byte[] encoded) {
    int space = fingerprint.indexOf(' ');
    add(
        new StatsEntry.Builder("certificate", id)
            .put("fingerprint", fingerprint.substring(space + 1))
            .put("fingerprintAlgorithm", fingerprint.substring(0, Math.max(0, space)))
            .put("base64Certificate", Base64.getEncoder().encodeToString(encoded)));
  }

  private void add(StatsEntry.Builder entry) {
    entries.add(entry.at(timestampMs));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
