/** What a test sees of the download page: its connections, what arrives, and what it writes. */

/** A file as showSaveFilePicker gives it, in memory. */
class MemoryFile {
  bytes = new Uint8Array(1 << 20);
  length = 0;
  isClosed = false;

  async write({ position, data }) {
    const end = position + data.byteLength;
    if (end > this.bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.bytes.length));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes.set(data, position);
    this.length = Math.max(this.length, end);
  }

  async truncate(length) {
    this.bytes.fill(0, length);
    this.length = length;
  }

  async close() {
    this.isClosed = true;
  }

  async abort() {
    this.length = 0;
  }

  base64() {
    let text = '';
    for (let at = 0; at < this.length; at += 8192) {
      text += String.fromCharCode(...this.bytes.subarray(at, Math.min(at + 8192, this.length)));
    }
    return btoa(text);
  }
}

window.watched = { connections: [], arrivedBytes: 0, file: new MemoryFile(), name: null };

window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...options) {
    super(...options);
    watched.connections.push(this);
  }

  createDataChannel(...options) {
    const channel = super.createDataChannel(...options);
    channel.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string') watched.arrivedBytes += data.byteLength;
    });
    return channel;
  }
};

window.showSaveFilePicker = async ({ suggestedName }) => {
  watched.name = suggestedName;
  return { createWritable: async () => watched.file };
};
