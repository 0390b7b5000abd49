/**
 * The inspector: one connection to the server's own peer (docs/pages.md), which tells its own view
 * over the WebSocket; or, at /inspect#member=…, one that a call in another page has.
 */
import { JavaPeer } from './peer.js';
import { Record } from './inspect-record.js';
import { MemberView } from './inspect-member.js';
import { Plot } from './plot.js';
import { explain, lines } from './sdp-lines.js';
import { layers, pairs, rate, totals } from './inspect-stats.js';
import { running, tellState } from './controls.js';
import { pageToken, withToken } from './token.js';
import { explain as explainDevices } from './devices.js';
import * as format from './format.js';

const SAMPLE_MS = 1000;
const PING_MS = 200;
const MOST_SAMPLES = 600;

const $ = (id) => document.getElementById(id);
const plots = {
  rate: new Plot($('rate-plot'), $('rate-top'), 1000, format.bitrate),
  rtt: new Plot($('rtt-plot'), $('rtt-top')),
};

const NOTHING = { timeline: [], descriptions: { offer: '', answer: '' }, latest: { here: [], java: [] } };

/** What runs: { peer, stream, timers }, or null. */
let run = null;
/** A Record, or a copy of one: kept when the connection ends, for the file. */
let seen = NOTHING;
/** What the statistics added up to: last, and each time. */
let before = {};
let samples = [];

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
  seen = NOTHING;
  before = {};
  samples = [];
  for (const id of ['timeline', 'sdp', 'pairs-here', 'pairs-java', 'object', 'members']) {
    $(id).replaceChildren();
  }
  for (const plot of Object.values(plots)) plot.clear();
}

function connect(stream) {
  const peer = new JavaPeer();
  const { connection } = peer;
  const record = new Record(connection, 'java');
  seen = record;
  run = { peer, stream, timers: [] };
  record.onentry = showTimeline;
  peer.onstate = (text) => {
    state(text, text === 'connected' ? 'good' : text === 'failed' ? 'bad' : 'wait');
  };
  peer.onfail = fail;
  peer.onmessage = (direction, message) => {
    record.heard(direction, message);
    if (message.type === 'description') showDescription();
  };
  stream?.getTracks().forEach((track) => connection.addTrack(track, stream));
  ping(connection.createDataChannel('echo'), record);
  running(true);
  $('save').disabled = false;
  $('stop').focus();
  state('connecting', 'wait');
  peer.open(withToken('/peer?view=1', pageToken()));
  run.timers.push(setInterval(() => sample(record), SAMPLE_MS));
}

function ping(channel, record) {
  channel.onopen = () => {
    record.tell('browser', `data channel "${channel.label}" is open, stream ${channel.id}`);
    run?.timers.push(
      setInterval(() => channel.readyState === 'open' && channel.send('ping'), PING_MS),
    );
  };
}

async function sample(record) {
  await record.sample();
  if (run && seen === record) showSample();
}

/* A member of a call */

function inspect(member) {
  for (const id of ['start', 'stop', 'media-field']) $(id).hidden = true;
  $('lead').textContent =
    'Shows every stage of one connection of a call, from both ends if the other one is Java. The call stays in its own page; this one only looks.';
  state('waiting for the page of the call', 'wait');
  const view = new MemberView(member);
  view.onseen = ({ name, state: how, seen: now }) => {
    const isNew = ['offer', 'answer'].some((it) => now.descriptions[it] !== seen.descriptions[it]);
    seen = now;
    state(`${name}: ${how}`, how === 'connected' ? 'good' : how === 'failed' ? 'bad' : 'wait');
    $('save').disabled = false;
    showTimeline();
    if (isNew) showDescription();
    showSample();
  };
  view.onsilent = () => state('the member has left, or the page of the call is closed', 'bad');
}

/* What is seen */

function showTimeline() {
  const log = $('timeline');
  for (const { ms, who, what } of seen.timeline.slice(log.children.length)) {
    const line = document.createElement('p');
    line.dataset.from = who.startsWith('browser') ? 'here' : 'java';
    const from = document.createElement('b');
    from.textContent = `${ms} ms, ${who}: `;
    line.append(from, what);
    log.append(line);
    log.scrollTop = log.scrollHeight;
  }
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

function showSample() {
  const now = {};
  const rates = {};
  for (const end of ['here', 'java']) {
    const all = seen.latest[end];
    now[end] = totals(all);
    rates[end] = rate(before[end], now[end]);
    show(`rate-${end}`, format.bitrate(rates[end]));
    show(`rtt-${end}`, format.milliseconds(now[end].roundTripMs));
    showPairs(end, pairs(all));
    showLayers(end, layers(all));
  }
  plots.rate.add(rates);
  plots.rtt.add({ here: now.here.roundTripMs, java: now.java.roundTripMs });
  before = now;
  samples.push({ ms: seen.sampledMs, ...now });
  if (samples.length > MOST_SAMPLES) samples.shift();
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
  const { timeline, descriptions, latest } = seen;
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
  seen.tell('browser', reason);
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
// The link of another member may be opened in the same window.
addEventListener('hashchange', () => location.reload());

const member = new URLSearchParams(location.hash.slice(1)).get('member');
if (member) inspect(member);
