/** What each line of a description says, for people. */

const TYPES = {
  v: 'Version of SDP: always 0.',
  o: 'Who made it: name, session id, its version (grows with each new description), network address (a placeholder in WebRTC).',
  s: 'Name of the session: unused.',
  t: 'From when to when it is valid: for ever.',
  c: 'Where packets go: a placeholder, since ICE finds the address.',
  b: 'The most that it wants to receive.',
};

const ATTRIBUTES = {
  group: 'These sections share one transport (BUNDLE).',
  'extmap-allow-mixed': 'Header extensions of one and of two bytes may be mixed.',
  'msid-semantic': 'How streams are named; kept for old browsers.',
  'ice-ufrag': 'User name of connectivity checks; tells ICE sessions apart.',
  'ice-pwd': 'Signs connectivity checks.',
  'ice-options': 'trickle: candidates may come later; ice2: RFC 8445; renomination: the pair may be changed.',
  'ice-lite': 'This side is publicly reachable and only answers checks.',
  fingerprint: 'Hash of the DTLS certificate: who has another one is not the one that signalled.',
  setup: 'Who begins DTLS: actpass leaves it to the other side, active begins, passive waits.',
  mid: 'Name of this section.',
  'sctp-port': 'Port of SCTP inside DTLS: no port of the network.',
  'max-message-size': 'The longest message that this side takes on a data channel, in bytes; 0: any.',
  'sctpmap': 'How data channels were written before RFC 8841.',
  candidate: 'An address to try: foundation, component, protocol, priority, address, port, type (host: own, srflx: as STUN sees it, relay: on a TURN server).',
  'end-of-candidates': 'No more candidates will come.',
  sendrecv: 'Wants to send and to receive.',
  sendonly: 'Wants to send only.',
  recvonly: 'Wants to receive only.',
  inactive: 'Neither sends nor receives for now.',
  'rtcp-mux': 'Reports (RTCP) go over the same port as media (RTP).',
  'rtcp-rsize': 'Reports may be short.',
  rtcp: 'Where reports would go without rtcp-mux.',
  rtpmap: 'Payload number, codec, clock rate in Hz and channels.',
  fmtp: 'Parameters of the codec with that number; apt: it repeats lost packets of that number.',
  'rtcp-fb': 'Feedback that it understands: nack (send again), nack pli and ccm fir (send a key frame), transport-cc and goog-remb (bandwidth).',
  extmap: 'Number and name of a header extension of each packet.',
  ssrc: 'A source of packets and what it belongs to.',
  'ssrc-group': 'Sources that belong together; FID: the second repeats lost packets of the first.',
  msid: 'Ids of the stream and of the track.',
  rid: 'One of several qualities of the same picture.',
  simulcast: 'Several qualities of the same picture are sent.',
  ptime: 'Milliseconds of sound in a packet.',
  maxptime: 'Most milliseconds of sound in a packet.',
};

/** One line's meaning. */
export function explain(line) {
  const type = line[0];
  if (type === 'm') return section(line);
  if (type !== 'a') return TYPES[type] ?? 'Not used by WebRTC.';
  const name = line.slice(2).split(':')[0];
  return ATTRIBUTES[name] ?? 'An attribute that this page does not know; who does not know one ignores it.';
}

function section(line) {
  const [kind, port, protocol] = line.slice(2).split(' ');
  const what = { audio: 'Sound', video: 'Picture', application: 'Data channels' }[kind] ?? kind;
  const how = protocol.includes('SCTP') ? 'SCTP over DTLS' : 'encrypted RTP; the numbers are its codecs, the favourite first';
  const off = port === '0' ? ' Port 0: refused, or part of the bundle.' : '';
  return `${what}: ${how}.${off}`;
}

/** The lines of a description. */
export function lines(sdp) {
  return sdp.split(/\r?\n/).filter((line) => line !== '');
}
