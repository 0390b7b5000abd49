/**
 * The page that compares transports.
 *
 * What it expects of the server: rooms (docs/signaling.md), its own peer (docs/pages.md), and at
 * /transports/meters?names=a,b an object that has for each name {requests, bytesIn, bytesOut} of the
 * requests that had meter=name in their query.
 */
import { Plot, logarithmic } from './plot.js';
import { TRANSPORTS, run } from './transports-runs.js';
import { running, tellState } from './controls.js';
import * as format from './format.js';

const SAMPLE_MS = 1000;
const WINDOW_SAMPLES = 10;
const SETTINGS = ['rate', 'size'];
const SVG = 'http://www.w3.org/2000/svg';

const $ = (id) => document.getElementById(id);

/** Lines come before the plots, which look for them. */
for (const id of ['latency-plot', 'bytes-plot', 'requests-plot']) {
  TRANSPORTS.forEach(({ kind }) => $(id).append(polyline(kind)));
}
const plots = {
  latency: new Plot($('latency-plot'), $('latency-top'), 1, format.milliseconds, logarithmic(0.1)),
  bytes: new Plot($('bytes-plot'), $('bytes-top'), 100, format.size, logarithmic(10)),
  requests: new Plot($('requests-plot'), $('requests-top'), 2, (it) => `${it}`),
};
const rows = new Map(TRANSPORTS.map((transport) => [transport.kind, row(transport)]));

/** What runs: { runs by kind, number of the last message, readings in a row, timers }, or null. */
let comparison = null;

function polyline(kind, points = '') {
  const line = document.createElementNS(SVG, 'polyline');
  line.dataset.line = kind;
  line.setAttribute('points', points);
  return line;
}

/** A transport's part of the list, and where its numbers go. */
function row({ kind, name, line }) {
  const item = document.createElement('li');
  const title = item.appendChild(document.createElement('h3'));
  const key = title.appendChild(document.createElementNS(SVG, 'svg'));
  key.setAttribute('viewBox', '0 0 32 8');
  key.setAttribute('aria-hidden', 'true');
  key.append(polyline(kind, '0,4 32,4'));
  title.append(name);
  const text = item.appendChild(document.createElement('p'));
  text.className = 'soft about';
  text.textContent = line;
  const list = item.appendChild(document.createElement('dl'));
  const parts = { item };
  for (const [part, label] of [
    ['latency', 'Latency'],
    ['bytes', 'Bytes a message'],
    ['requests', 'Requests a message'],
  ]) {
    list.appendChild(document.createElement('dt')).textContent = label;
    parts[part] = list.appendChild(document.createElement('dd'));
    parts[part].className = 'numbers';
    parts[part].id = `${part}-${kind}`;
    parts[part].textContent = '–';
  }
  parts.problem = item.appendChild(document.createElement('p'));
  parts.problem.className = 'problem';
  $('transports').append(item);
  return parts;
}

/** Nobody else counts under it. */
function freshName() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((it) => it.toString(16).padStart(2, '0')).join('');
}

/** Another one for each message: compression would leave nothing but the difference. */
function freshText(length) {
  return Array.from({ length }, () => String.fromCharCode(97 + 26 * Math.random())).join('');
}

function start() {
  const token = new URLSearchParams(`room=${location.hash.slice(1)}`).get('token') ?? undefined;
  const name = freshName();
  const runs = new Map();
  comparison = { runs, number: 0, readings: [], timers: [] };
  const own = comparison;
  Object.values(plots).forEach((plot) => plot.clear());
  TRANSPORTS.forEach(({ kind }, i) => {
    const parts = rows.get(kind);
    for (const part of ['latency', 'bytes', 'requests']) parts[part].textContent = '–';
    parts.problem.textContent = '';
    const onfail = (reason) => {
      if (comparison === own) parts.problem.textContent = reason;
    };
    runs.set(kind, run(kind, `${name}-${i}`, token, onfail));
  });
  const everyMs = 1_000 / Number($('rate').value);
  const length = Number($('size').value);
  comparison.timers.push(setInterval(() => send(own, freshText(length)), everyMs));
  comparison.timers.push(setInterval(() => sample(own), SAMPLE_MS));
  running(true, SETTINGS);
  tellState($('state'), 'running', 'good');
}

function send(own, text) {
  own.number += 1;
  for (const one of own.runs.values()) {
    try {
      if (one.ready) one.send(own.number, text);
    } catch {
      // Its row says why it ended.
    }
  }
}

function stop() {
  comparison.timers.forEach(clearInterval);
  comparison.runs.forEach((one) => one.close());
  comparison = null;
  running(false, SETTINGS);
  tellState($('state'), 'stopped', 'wait');
}

/* Numbers */

async function sample(own) {
  let now;
  try {
    now = await read(own);
    $('error-line').textContent = '';
  } catch {
    $('error-line').textContent = 'The server does not answer.';
    return;
  }
  if (own !== comparison) return;
  own.readings.push(now);
  if (own.readings.length > WINDOW_SAMPLES + 1) own.readings.shift();
  const before = own.readings[0];
  const points = { latency: {}, bytes: {}, requests: {} };
  for (const [kind, one] of own.runs) {
    const latencies = one.latencies.splice(0).sort((a, b) => a - b);
    if (latencies.length > 0) {
      points.latency[kind] = latencies[latencies.length >> 1];
      rows.get(kind).latency.textContent = format.milliseconds(points.latency[kind]);
    }
    const received = now.get(kind).received - before.get(kind).received;
    if (received > 0) {
      points.bytes[kind] = (now.get(kind).bytes - before.get(kind).bytes) / received;
      points.requests[kind] = (now.get(kind).requests - before.get(kind).requests) / received;
      rows.get(kind).bytes.textContent = Math.round(points.bytes[kind]).toLocaleString('en');
      rows.get(kind).requests.textContent = points.requests[kind].toFixed(2);
    }
  }
  for (const [name, values] of Object.entries(points)) plots[name].add(values);
}

/** Messages, requests and bytes of each kind since the start. */
async function read({ runs }) {
  const names = [...runs.values()].map(({ meter }) => meter).filter((it) => it);
  const answer = await fetch('/transports/meters?' + new URLSearchParams({ names }));
  const meters = await answer.json();
  const readings = new Map();
  for (const [kind, one] of runs) {
    const { requests, bytesIn, bytesOut } = one.meter ? meters[one.meter] : await one.read();
    readings.set(kind, { received: one.received, requests, bytes: bytesIn + bytesOut });
  }
  return readings;
}

$('transports-form').onsubmit = (event) => {
  event.preventDefault();
  start();
};
$('stop').onclick = stop;
// A page that the browser kept while it was out of sight has no connection any more.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
