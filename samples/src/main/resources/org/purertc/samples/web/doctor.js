/** The doctor page: asks, and shows what follows. */
import { SignalingChannel } from './signaling.js';
import { carry, gather, measure, place } from './doctor-check.js';
import { diagnose, say } from './doctor-rules.js';
import { tellState } from './controls.js';
import { pageToken, withToken } from './token.js';

const $ = (id) => document.getElementById(id);
const WORST_FIRST = ['bad', 'warning'];

async function examine() {
  $('examine').disabled = true;
  $('error-line').textContent = '';
  $('verdicts').replaceChildren();
  $('candidates').replaceChildren();
  $('nothing-yet').hidden = false;
  try {
    const own = ownServer();
    const words = await (await fetch('/assets/doctor-words.json')).json();
    const seen = await ask(own);
    show(diagnose(seen).map((sentence) => say(words, sentence)));
  } catch (error) {
    state('failed', 'bad');
    $('error-line').textContent = error.message;
  }
  $('examine').disabled = false;
}

function ownServer() {
  const urls = $('url').value.trim();
  if (urls === '') return [];
  if (!/^(stun|turns?):\S+$/.test(urls)) {
    throw new Error(`${urls} is no URL of a server: write stun:HOST:PORT or turn:HOST:PORT.`);
  }
  const [username, credential] = [$('user').value, $('password').value];
  if (urls.startsWith('turn') && (username === '' || credential === '')) {
    throw new Error('A TURN server needs a user name and a password.');
  }
  return [urls.startsWith('turn') ? { urls, username, credential } : { urls }];
}

async function ask(own) {
  state('entering a room of this server', 'wait');
  const told = await serversOfRoom();
  const servers = [...told.iceServers, ...own].flatMap(eachUrl);
  state('gathering candidates', 'wait');
  const without = await gather([]);
  list(without.candidates, 'no server');
  const stun = [];
  for (const server of servers.filter(({ urls }) => urls.startsWith('stun:'))) {
    stun.push(await askStun(server));
  }
  const turn = [];
  for (const server of servers.filter(({ urls }) => urls.startsWith('turn'))) {
    turn.push(...(await askWays(server)));
  }
  const hosts = without.candidates.filter(({ type }) => type === 'host');
  return {
    addresses: [...new Set(hosts.map(({ address }) => address))],
    stun,
    mapping: await mapping(servers, stun, hosts),
    turn,
    server: told.reason === null ? await askPeer() : { reached: false, reason: told.reason },
  };
}

function eachUrl({ urls, username, credential }) {
  return [urls].flat().map((url) => (username ? { urls: url, username, credential } : { urls: url }));
}

/** A room that nobody else is in; the server tells its members which ICE servers to use. */
async function serversOfRoom() {
  const room = `doctor-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
  const channel = new SignalingChannel({ room, name: 'doctor', token: pageToken() });
  try {
    const { iceServers } = await channel.joined;
    channel.leave();
    return { iceServers, reason: null };
  } catch (error) {
    return { iceServers: [], reason: error.message ?? String(error) };
  }
}

async function askStun(server) {
  state(`asking ${server.urls}`, 'wait');
  const { candidates, code, ms } = await gather([server]);
  list(candidates.filter(({ type }) => type !== 'host'), server.urls);
  const found = candidates.find(({ type }) => type === 'srflx');
  return { url: server.urls, mapped: found ? place(found) : null, ms, code };
}

/** A way that is tried besides is of interest only where the one that was asked gives nothing. */
async function askWays(server) {
  const asked = await askTurn(server, true);
  if (asked.address !== null) asked.carried = await sendThrough(server);
  if (!server.urls.startsWith('turn:') || server.urls.includes('?')) return [asked];
  const overTcp = { ...server, urls: `${server.urls}?transport=tcp` };
  const besides = await askTurn(overTcp, false);
  if (asked.address === null && besides.address !== null) {
    besides.carried = await sendThrough(overTcp);
  }
  return [asked, besides];
}

/** What came through; null when nothing did. */
async function sendThrough(server) {
  state(`sending data through ${server.urls}`, 'wait');
  try {
    return figures(await carry(server));
  } catch {
    return null;
  }
}

async function askTurn(server, asked) {
  state(`asking ${server.urls}`, 'wait');
  const { candidates, code, error, ms } = await gather([server], 'relay');
  list(candidates, server.urls);
  const found = candidates.find(({ type }) => type === 'relay');
  return {
    url: server.urls,
    protocol: protocolOf(server.urls),
    asked,
    address: found ? place(found) : null,
    ms,
    code,
    error,
  };
}

function protocolOf(url) {
  if (url.startsWith('turns:')) return 'TLS';
  return url.endsWith('?transport=tcp') ? 'TCP' : 'UDP';
}

/** Two servers that see the same port of one local address see an endpoint-independent mapping. */
async function mapping(servers, stun, hosts) {
  const answered = stun.filter(({ mapped }) => mapped !== null);
  if (answered.length === 0) return null;
  const hostOf = ({ url }) => url.replace(/^stun:/, '').replace(/:\d+$/, '');
  const localOnes = hosts.filter(({ protocol }) => protocol === 'udp').length;
  if (new Set(answered.map(hostOf)).size < 2 || localOnes !== 1) return 'not known';
  const { candidates } = await gather(answered.map(({ url }) => ({ urls: url })));
  const mapped = candidates.filter(({ type }) => type === 'srflx').map(place);
  return new Set(mapped).size === 1
    ? 'endpoint-independent'
    : 'address-dependent, or address- and port-dependent';
}

async function askPeer() {
  state("measuring with the server's own peer", 'wait');
  try {
    const measured = await measure(withToken('/peer', pageToken()));
    const protocol = measured.pair?.local.protocol ?? null;
    return { reached: true, reason: null, protocol, bandwidth: figures(measured) };
  } catch (error) {
    return { reached: true, reason: error.message, protocol: null, bandwidth: null };
  }
}

function figures({ roundTripMs, bitsPerSecond, pair }) {
  return {
    rate: `${(bitsPerSecond / 1e6).toFixed(1)} Mbit/s`,
    ms: roundTripMs.toFixed(1),
    path: pair ? `${pair.local.candidateType} to ${pair.remote.candidateType}` : 'unknown path',
  };
}

function list(candidates, source) {
  for (const { type, protocol, address, port } of candidates) {
    const line = document.createElement('li');
    line.textContent = `${type} ${protocol} ${place({ address: address ?? 'hidden', port })} (${source})`;
    $('candidates').append(line);
  }
}

function show(verdicts) {
  $('nothing-yet').hidden = true;
  for (const { key, kind, text, advice } of verdicts) {
    const item = document.createElement('li');
    item.dataset.kind = kind;
    item.dataset.key = key;
    const word = document.createElement('b');
    word.textContent = kind;
    item.append(word, ` ${text}`);
    if (advice !== '') {
      const what = document.createElement('p');
      what.textContent = advice;
      item.append(what);
    }
    $('verdicts').append(item);
  }
  const worst = WORST_FIRST.find((it) => verdicts.some(({ kind }) => kind === it));
  if (worst === 'bad') state('something is wrong', 'bad');
  else state(worst ? 'well, with one caveat or more' : 'all is well', 'good');
}

function state(text, kind) {
  tellState($('doctor-state'), text, kind);
}

$('doctor-form').onsubmit = (event) => {
  event.preventDefault();
  examine();
};
