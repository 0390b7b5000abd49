// What a member of the room "stock" does, whichever client carries it: it joins, answers each line
// of chat with a broadcast that quotes it, and leaves after so many lines.

// A page that came by http has no randomUUID.
const randomToken = () => [...crypto.getRandomValues(new Uint32Array(4))].join('-');

export class Conversation {
  #sent = 0;
  #heard = 0;
  #lines;

  constructor(name, lines) {
    this.#lines = lines;
    this.hello = { type: 'hello', version: 1, room: 'stock', name, session: randomToken() };
  }

  /** @param say carries one message to the server */
  hear(message, say) {
    console.log(JSON.stringify(message));
    if (message.type === 'chat') {
      const data = `heard ${message.line.text}`;
      say({ type: 'broadcast', id: ++this.#sent, data, ack: message.id });
      if (++this.#heard === this.#lines) say({ type: 'leave', id: ++this.#sent });
    }
  }
}

/** @param io of socket.io-client */
export function bySocketIo(io, url, transports, conversation) {
  const socket = io(url, { transports, reconnection: false });
  const say = (message) =>
    socket.emit('signaling', message, (ack) => console.log(JSON.stringify(ack)));
  socket.on('connect', () => {
    socket.io.engine.on('upgrade', ({ name }) => console.log(`upgraded to ${name}`));
    console.log(`connected by ${socket.io.engine.transport.name}`);
    say(conversation.hello);
  });
  socket.on('signaling', (message) => conversation.hear(message, say));
  socket.on('connect_error', ({ message }) => console.log(`refused: ${message}`));
  socket.on('disconnect', (reason) => console.log(`closed ${reason}`));
}
