/**
 * What follows from what a browser saw; the words are those of `purertc doctor`.
 *
 * @typedef {object} Seen
 * @property {string[]} addresses of host candidates; `.local` names where the browser hides them
 * @property {{url: string, mapped: string | null, ms: number, code: number}[]} stun `code` is that
 *     of icecandidateerror, 0 when the browser told nothing
 * @property {string | null} mapping of RFC 4787, `not known`; null without an answer
 * @property {{url: string, protocol: string, asked: boolean, address: string | null, ms: number,
 *     code: number, error: string, carried?: object | null}[]} turn `carried` is what came through
 *     the relay, null when nothing did; not there where no data was sent
 * @property {{reached: boolean, reason: string | null, protocol: string | null,
 *     bandwidth: object | null}} server
 */

const UNREACHABLE = 701;

/** The sentences that apply, as [key, values]. */
export function diagnose(/** @type {Seen} */ seen) {
  return [
    addresses(seen),
    ...seen.stun.map(stun),
    udp(seen),
    ...nat(seen),
    ...relays(seen),
    ...server(seen.server),
  ];
}

function addresses({ addresses: all }) {
  if (all.length === 0) return ['addresses-none', {}];
  const shown = all.filter((it) => !it.endsWith('.local'));
  return shown.length === 0
    ? ['addresses-hidden', {}]
    : ['addresses-shown', { addresses: shown.join(', ') }];
}

function stun({ url, mapped, ms, code }) {
  if (mapped !== null) return ['stun-answers', { url, ms, mapped }];
  // Without a NAT there is nothing to tell but the address that is known already.
  return code === UNREACHABLE ? ['stun-silent', { url }] : ['stun-nothing', { url }];
}

const isUdp = ({ protocol }) => protocol === 'UDP';
/** Loopback: what it answers tells nothing about the network. */
const isHere = (url) => /^\w+:(\/\/)?(localhost|127\.[\d.]+|\[::1\])([:?]|$)/.test(url);
const isReached = ({ address, code }) => address !== null || (code !== UNREACHABLE && code !== 0);

function udp({ stun, turn, server }) {
  const urls = [
    ...stun.filter(({ mapped }) => mapped !== null).map(({ url }) => url),
    ...turn.filter((it) => isUdp(it) && isReached(it)).map(({ url }) => url),
    ...(server.protocol === 'udp' ? [location.origin] : []),
  ];
  const here = urls.some(isHere);
  const asked = turn.some(isUdp) || stun.some(({ code }) => code === UNREACHABLE);
  const otherWay = turn.find((it) => !isUdp(it) && isReached(it) && !(here && isHere(it.url)));
  if (urls.some((url) => !isHere(url))) return ['udp-open', {}];
  if (asked && otherWay) return ['udp-blocked', { protocol: otherWay.protocol }];
  if (here) return ['udp-here', {}];
  return [asked ? 'udp-silent' : 'udp-unknown', {}];
}

function nat({ mapping }) {
  if (mapping === null) return [];
  if (mapping === 'endpoint-independent') return [['nat-friendly', { mapping }]];
  return [[mapping === 'not known' ? 'nat-unknown' : 'nat-hard', { mapping }]];
}

function relays({ turn }) {
  if (turn.length === 0) return [['turn-none', {}]];
  const all = turn.flatMap((it) => [[relayKey(it), it], ...relayed(it)]);
  return turn.some(({ address }) => address !== null) ? all : [...all, ['relay-none', {}]];
}

function relayed({ url, protocol, carried }) {
  if (carried === undefined) return [];
  return [[carried ? 'relay-carries' : 'relay-silent', { url, protocol, ...carried }]];
}

function relayKey({ address, asked, code, error }) {
  if (address !== null) return 'turn-works';
  if (!asked) return 'turn-also';
  if (code === 401) return 'turn-wrong-credentials';
  if (code !== UNREACHABLE && code !== 0) return 'turn-refused';
  return error.includes('TLS') ? 'turn-certificate' : 'turn-unreachable';
}

function server({ reached, reason, bandwidth }) {
  const url = location.origin;
  if (!reached) return [['server-unreachable', { url, reason }]];
  return [
    ['server-reached', { url }],
    bandwidth ? ['bandwidth', bandwidth] : ['bandwidth-none', { reason }],
  ];
}

/** A sentence and its advice, from the words of doctor-words.json. */
export function say(words, [key, values]) {
  const fill = (text) =>
    text.replace(/\{(\w+)\}/g, (name, member) => String(values[member] ?? name));
  const { kind, text, advice = '' } = words[key];
  return { key, kind, text: fill(text), advice: fill(advice) };
}
