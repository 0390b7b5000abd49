/** Reads W3C's statistics of either end: an array of their objects. */

const of = (all, type) => all.filter((it) => it.type === type);
const byId = (all, id) => all.find((it) => it.id === id);
const ms = (seconds) => (typeof seconds === 'number' ? seconds * 1000 : null);

/** The candidate pairs, the selected one first. */
export function pairs(all) {
  const selected = selectedOf(all);
  return of(all, 'candidate-pair')
    .map((pair) => ({
      local: place(byId(all, pair.localCandidateId)),
      remote: place(byId(all, pair.remoteCandidateId)),
      state: pair === selected ? 'selected' : pair.state,
      roundTripMs: ms(pair.currentRoundTripTime),
    }))
    .sort((a, b) => (b.state === 'selected') - (a.state === 'selected'));
}

/** Firefox names no pair in its transport. */
function selectedOf(all) {
  const [transport] = of(all, 'transport');
  const named = transport && byId(all, transport.selectedCandidatePairId);
  return named ?? of(all, 'candidate-pair').find((it) => it.selected || it.nominated);
}

function place(candidate) {
  if (!candidate) return 'unknown';
  const { address, ip, port, protocol, candidateType } = candidate;
  return `${candidateType} ${protocol} ${address || ip || 'hidden'}:${port}`;
}

/** The layers of the transport, as [name, value]; `–` where this end does not tell. */
export function layers(all) {
  const [transport = {}] = of(all, 'transport');
  const channels = of(all, 'data-channel');
  const rtp = [...of(all, 'outbound-rtp'), ...of(all, 'inbound-rtp')];
  const codecs = [...new Set(rtp.map(({ codecId }) => byId(all, codecId)?.mimeType))].filter(Boolean);
  return [
    ['ICE', words(transport.iceState, transport.iceRole)],
    ['Selected pair changed', words(transport.selectedCandidatePairChanges)],
    ['DTLS', words(transport.dtlsState, transport.dtlsRole, tls(transport.tlsVersion))],
    ['DTLS cipher', words(transport.dtlsCipher)],
    ['SRTP cipher', words(transport.srtpCipher)],
    ['RTP', rtp.length === 0 ? 'no media' : words(`${rtp.length} streams`, codecs.join(', '))],
    ['SCTP', channels.length === 0 ? '–' : channels.map(channel).join('; ')],
  ];
}

const words = (...all) => all.filter((it) => it !== undefined && it !== '').join(', ') || '–';

/** W3C writes the two bytes of the wire in hexadecimal. */
function tls(version) {
  return { FEFD: 'DTLS 1.2', FEFC: 'DTLS 1.3' }[String(version).toUpperCase()] ?? version;
}

function channel({ label, state, messagesSent, messagesReceived }) {
  return `channel "${label}" ${state}, ${messagesSent ?? 0} sent, ${messagesReceived ?? 0} received`;
}

/** What was sent up to now, and the round-trip time of the path. */
export function totals(all) {
  const [transport] = of(all, 'transport');
  const pair = selectedOf(all);
  return {
    bytes: transport?.bytesSent ?? pair?.bytesSent ?? null,
    timestampMs: transport?.timestamp ?? pair?.timestamp ?? null,
    roundTripMs: ms(pair?.currentRoundTripTime),
  };
}

/** Bits a second between two totals; null when it is not known. */
export function rate(before, now) {
  if (before?.bytes == null || now.bytes == null) return null;
  const seconds = (now.timestampMs - before.timestampMs) / 1000;
  return seconds > 0 ? Math.max(0, (8 * (now.bytes - before.bytes)) / seconds) : null;
}
