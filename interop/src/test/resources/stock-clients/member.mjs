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
import { Conversation, bySocketIo } from './conversation.mjs';

const [transport, url, name, count] = process.argv.slice(2);
const conversation = new Conversation(name, Number(count));
const { hello } = conversation;

function byWebSocket() {
  const socket = new WebSocket(url.replace(/^http/, 'ws') + '/signaling', 'purertc.v1');
  const say = (message) => socket.send(JSON.stringify(message));
  socket.on('open', () => say(hello));
  socket.on('message', (text) => conversation.hear(JSON.parse(text), say));
  socket.on('close', (code) => console.log(`closed ${code}`));
}

async function byEventSource() {
  let posted = Promise.resolve();
  const post = (path, message) =>
    fetch(`${url}/signaling/${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${hello.session}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(message),
    });
  const say = (message) => (posted = posted.then(() => post('messages', message)));
  await post('sessions', hello);
  const source = new EventSource(`${url}/signaling/events?session=${hello.session}`);
  source.onmessage = ({ data }) => conversation.hear(JSON.parse(data), say);
  source.onerror = () => {
    source.close();
    console.log('closed');
  };
}

switch (transport) {
  case 'ws':
    byWebSocket();
    break;
  case 'eventsource':
    await byEventSource();
    break;
  case 'socketio':
    bySocketIo(io, url, ['polling', 'websocket'], conversation);
    break;
  case 'socketio-polling':
    bySocketIo(io, url, ['polling'], conversation);
    break;
  case 'socketio-websocket':
    bySocketIo(io, url, ['websocket'], conversation);
    break;
  default:
    throw new Error(`no such transport: ${transport}`);
}
