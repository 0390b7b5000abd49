/**
 * The inspector: one connection to the server's own peer (docs/pages.md), which tells its own view
 * over the WebSocket.
 */
import { JavaPeer } from './peer.js';
import { Plot } from './plot.js';
import { explain, lines } from './sdp-lines.js';
import { layers, pairs, rate, totals } from './inspect-stats.js';
import { running, tellState } from './controls.js';
import { pageToken, withToken } from './token.js';
import { explain as explainDevices } from './devices.js';
import * as format from './format.js';

const SAMPLE_MS = 1000;
const PING_MS = 200;
const MOST_ENTRIES = 1000;
const MOST_SAMPLES = 600;

const $ = (id) => document.getElementById(id);
const plots = {
  rate: new Plot($('rate-plot'), $('rate-top'), 1000, format.bitrate),
  rtt: new Plot($('rtt-plot'), $('rtt-top')),
};

/** What runs: { peer, stream, timers, startMs }, or null. */
let run = null;
/** What was seen, kept when the connection ends: for the file. */
let seen = nothing();

function nothing() {
  return {
    timeline: [],
    descriptions: { offer: '', answer: '' },
    latest: { here: [], java: [] },
    before: {},
    samples: [],
  };
}

async function start() {
  $('error-line').textContent = '';
  $('start').disabled = true;
  let stream = null;
  try {
    if ($('media').checked) {
      state('asking for camera and microphone', 'wait');
      stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    }
  } catch (error) {
    state('not started', 'wait');
    $('error-line').textContent = explainDevices(error);
    $('start').disabled = false;
    return;
  }
  clear();
  connect(stream);
}

function clear() {
  seen = nothing();
  for (const id of ['timeline', 'sdp', 'pairs-here', 'pairs-java', 'object', 'members']) {
    $(id).replaceChildren();
  }
  for (const plot of Object.values(plots)) plot.clear();
}

function connect(stream) {
  const peer = new JavaPeer();
  const { connection } = peer;
  run = { peer, stream, timers: [], startMs: performance.now() };
  peer.onstate = (text) => {
    state(text, text === 'connected' ? 'good' : text === 'failed' ? 'bad' : 'wait');
    tell('browser', `connection is ${text}`);
  };
  peer.onfail = fail;
  peer.onmessage = heard;
  watch(connection);
  stream?.getTracks().forEach((track) => connection.addTrack(track, stream));
  ping(connection.createDataChannel('echo'));
  watchDtls(connection);
  running(true);
  $('save').disabled = false;
  $('stop').focus();
  state('connecting', 'wait');
  peer.open(withToken('/peer?view=1', pageToken()));
  run.timers.push(setInterval(sample, SAMPLE_MS));
}

function watch(connection) {
  connection.onsignalingstatechange = () =>
    tell('browser', `signalling is ${connection.signalingState}`);
  connection.onicegatheringstatechange = () =>
    tell('browser', `gathering is ${connection.iceGatheringState}`);
  connection.addEventListener('iceconnectionstatechange', () =>
    tell('browser', `ICE is ${connection.iceConnectionState}`),
  );
  connection.onicecandidateerror = ({ url, errorCode, errorText }) =>
    tell('browser', `${url} gave no candidate: ${errorText} (${errorCode})`);
  connection.ontrack = ({ track }) => tell('browser', `${track.kind} comes back`);
}

/** The transports exist once the descriptions are exchanged. */
function watchDtls(connection) {
  connection.addEventListener('signalingstatechange', () => {
    const { sctp } = connection;
    if (connection.signalingState !== 'stable' || !sctp) return;
    tell('browser', `SCTP is ${sctp.state}, DTLS is ${sctp.transport.state}`);
    sctp.onstatechange = () => tell('browser', `SCTP is ${sctp.state}`);
    sctp.transport.onstatechange = () => tell('browser', `DTLS is ${sctp.transport.state}`);
  });
}

function ping(channel) {
  channel.onopen = () => {
    tell('browser', `data channel "${channel.label}" is open, stream ${channel.id}`);
    run?.timers.push(
      setInterval(() => channel.readyState === 'open' && channel.send('ping'), PING_MS),
    );
  };
}

function heard(direction, message) {
  if (message.type === 'statistics') {
    seen.latest.java = message.statistics;
    return;
  }
  if (message.type === 'event') {
    tell('java', `${message.event} is ${message.value}`);
    return;
  }
  const who = direction === 'sent' ? 'browser → java' : 'java → browser';
  if (message.type === 'description') {
    seen.descriptions[message.sdpType] = message.sdp;
    tell(who, `${message.sdpType}, ${message.sdp.length} bytes`);
    showDescription();
  } else {
    tell(who, message.candidate || (message.reason ?? 'end of candidates'));
  }
}

function tell(who, what) {
  if (!run) return;
  const ms = Math.round(performance.now() - run.startMs);
  if (seen.timeline.length >= MOST_ENTRIES) return;
  seen.timeline.push({ ms, who, what });
  const line = document.createElement('p');
  line.dataset.from = who.startsWith('java') ? 'java' : 'here';
  const from = document.createElement('b');
  from.textContent = `${ms} ms, ${who}: `;
  line.append(from, what);
  const log = $('timeline');
  log.append(line);
  log.scrollTop = log.scrollHeight;
}

function showDescription() {
  const which = $('show-offer').checked ? 'offer' : 'answer';
  const items = lines(seen.descriptions[which]).map((line) => {
    const item = document.createElement('li');
    const code = document.createElement('code');
    code.textContent = line;
    const meaning = document.createElement('span');
    meaning.textContent = explain(line);
    item.append(code, meaning);
    return item;
  });
  $('sdp').replaceChildren(...items);
}

/* Statistics */

async function sample() {
  const own = run;
  const report = await own.peer.connection.getStats();
  if (own !== run) return;
  seen.latest.here = [...report.values()];
  const now = {};
  const rates = {};
  for (const end of ['here', 'java']) {
    const all = seen.latest[end];
    now[end] = totals(all);
    rates[end] = rate(seen.before[end], now[end]);
    show(`rate-${end}`, format.bitrate(rates[end]));
    show(`rtt-${end}`, format.milliseconds(now[end].roundTripMs));
    showPairs(end, pairs(all));
    showLayers(end, layers(all));
  }
  plots.rate.add(rates);
  plots.rtt.add({ here: now.here.roundTripMs, java: now.java.roundTripMs });
  seen.before = now;
  seen.samples.push({ ms: Math.round(performance.now() - own.startMs), ...now });
  if (seen.samples.length > MOST_SAMPLES) seen.samples.shift();
  showObjects();
}

function show(id, text) {
  $(id).textContent = text;
}

function showPairs(end, all) {
  const items = all.map(({ local, remote, state: how, roundTripMs }) => {
    const item = document.createElement('li');
    const rtt = roundTripMs === null ? '' : `, ${format.milliseconds(roundTripMs)}`;
    item.textContent = `${local} – ${remote}: ${how}${rtt}`;
    return item;
  });
  $(`pairs-${end}`).replaceChildren(...items);
}

function showLayers(end, all) {
  $(`transport-${end}`).replaceChildren(...all.flatMap(([name, value]) => terms(name, value)));
}

function terms(name, value) {
  const term = document.createElement('dt');
  term.textContent = name;
  const description = document.createElement('dd');
  description.textContent = typeof value === 'object' ? JSON.stringify(value) : value;
  return [term, description];
}

/** Leaves the choice alone while the same objects are there. */
function showObjects() {
  const all = seen.latest[$('end').value];
  const names = all.map(({ type, id }) => `${type} ${id}`);
  const select = $('object');
  if (names.join() !== [...select.options].map(({ text }) => text).join()) {
    const chosen = select.value;
    select.replaceChildren(...all.map(({ id }, i) => new Option(names[i], id)));
    if (all.some(({ id }) => id === chosen)) select.value = chosen;
  }
  const object = all.find(({ id }) => id === select.value);
  const entries = object ? Object.entries(object) : [];
  $('members').replaceChildren(...entries.flatMap(([name, value]) => terms(name, value)));
}

function save() {
  const { timeline, descriptions, latest, samples } = seen;
  const content = { made: new Date(), userAgent: navigator.userAgent, timeline, descriptions, statistics: latest, samples };
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }),
  );
  link.download = 'purertc-inspection.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function fail(reason) {
  tell('browser', reason);
  end();
  state('failed', 'bad');
  $('error-line').textContent = reason;
}

function end() {
  if (!run) return;
  run.timers.forEach(clearInterval);
  run.stream?.getTracks().forEach((track) => track.stop());
  run.peer.close();
  run = null;
  running(false);
}

function state(text, kind) {
  tellState($('connection-state'), text, kind);
}

$('start').onclick = start;
$('stop').onclick = () => {
  end();
  state('stopped', 'wait');
};
$('save').onclick = save;
for (const id of ['show-offer', 'show-answer']) $(id).onchange = showDescription;
for (const id of ['end', 'object']) $(id).onchange = showObjects;
if (!navigator.mediaDevices) $('media').disabled = true;
addEventListener('pagehide', end);
