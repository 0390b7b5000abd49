// A member of a room, by the Socket.IO client of npm: browser.html#TRANSPORT,COUNT.
import { Conversation, bySocketIo } from './conversation.mjs';
import { io } from './socket.io.esm.min.js';

const [transport, count] = location.hash.slice(1).split(',');
bySocketIo(io, location.origin, [transport], new Conversation(transport, Number(count)));
