// A member of a room, by a client that nobody here wrote:
//
//   node member.mjs TRANSPORT URL NAME COUNT
//
// It joins, answers each line of chat with a broadcast that quotes it, and leaves after COUNT lines.
// TRANSPORT is ws, eventsource, socketio, socketio-polling or socketio-websocket. What it hears goes
// to standard output, one message a line.
import { EventSource } from 'eventsource';
import { io } from 'socket.io-client';
import WebSocket from 'ws';

const [transport, url, name, count] = process.argv.slice(2);
const session = crypto.randomUUID();
const hello = { type: 'hello', version: 1, room: 'stock', name, session };
let sent = 0;
let lines = 0;

/** @param say carries one message to the server */
function hear(message, say) {
  console.log(JSON.stringify(message));
  if (message.type === 'chat') {
    say({ type: 'broadcast', id: ++sent, data: `heard ${message.line.text}`, ack: message.id });
    if (++lines === Number(count)) say({ type: 'leave', id: ++sent });
  }
}

function byWebSocket() {
  const socket = new WebSocket(url.replace(/^http/, 'ws') + '/signaling', 'purertc.v1');
  const say = (message) => socket.send(JSON.stringify(message));
  socket.on('open', () => say(hello));
  socket.on('message', (text) => hear(JSON.parse(text), say));
  socket.on('close', (code) => console.log(`closed ${code}`));
}

async function byEventSource() {
  let posted = Promise.resolve();
  const post = (path, message) =>
    fetch(`${url}/signaling/${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${session}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(message),
    });
  const say = (message) => (posted = posted.then(() => post('messages', message)));
  await post('sessions', hello);
  const source = new EventSource(`${url}/signaling/events?session=${session}`);
  source.onmessage = ({ data }) => hear(JSON.parse(data), say);
  source.onerror = () => {
    source.close();
    console.log('closed');
  };
}

function bySocketIo(transports) {
  const socket = io(url, { transports, reconnection: false });
  const say = (message) =>
    socket.emit('signaling', message, (ack) => console.log(JSON.stringify(ack)));
  socket.on('connect', () => {
    socket.io.engine.on('upgrade', ({ name }) => console.log(`upgraded to ${name}`));
    console.log(`connected by ${socket.io.engine.transport.name}`);
    say(hello);
  });
  socket.on('signaling', (message) => hear(message, say));
  socket.on('connect_error', ({ message }) => console.log(`refused: ${message}`));
  socket.on('disconnect', (reason) => console.log(`closed ${reason}`));
}

switch (transport) {
  case 'ws':
    byWebSocket();
    break;
  case 'eventsource':
    await byEventSource();
    break;
  case 'socketio':
    bySocketIo(['polling', 'websocket']);
    break;
  case 'socketio-polling':
    bySocketIo(['polling']);
    break;
  case 'socketio-websocket':
    bySocketIo(['websocket']);
    break;
  default:
    throw new Error(`no such transport: ${transport}`);
}
