"""A peer on aiortc that speaks the lines of `purertc connect` (docs/connect.md), without trickle.

usage: peer.py offer|answer

It sends each message back on its channel; with `offer` it makes the channel "data". It decodes each
track that comes, encodes it again and sends it back.
"""

import asyncio
import base64
import json
import sys

from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription


def tell(**line):
    print(json.dumps(line), flush=True)


def watch(channel):
    @channel.on("message")
    def on_message(message):
        if isinstance(message, str):
            tell(type="message", channel=channel.label, text=message)
        else:
            text = base64.b64encode(message).decode()
            tell(type="message", channel=channel.label, base64=text)
        channel.send(message)

    @channel.on("close")
    def on_close():
        tell(type="event", name="close", channel=channel.label)


class Echo(MediaStreamTrack):
    """The decoded frames of another track; tells of every tenth."""

    def __init__(self, track):
        super().__init__()
        self.kind = track.kind
        self.track = track
        self.count = 0

    async def recv(self):
        frame = await self.track.recv()
        self.count += 1
        if self.count % 10 == 0:
            size = "%dx%d" % (frame.width, frame.height) if self.kind == "video" else ""
            tell(type="event", name="decoded", kind=self.kind, count=self.count, size=size)
        return frame


async def describe(peer, description):
    await peer.setLocalDescription(description)
    local = peer.localDescription
    tell(type="description", sdpType=local.type, sdp=local.sdp)


async def lines():
    reader = asyncio.StreamReader(limit=1 << 20)
    loop = asyncio.get_running_loop()
    protocol = asyncio.StreamReaderProtocol(reader)
    await loop.connect_read_pipe(lambda: protocol, sys.stdin)
    while line := await reader.readline():
        yield json.loads(line)


async def main(role):
    peer = RTCPeerConnection()

    @peer.on("connectionstatechange")
    def on_state():
        tell(type="event", name="connectionstatechange", state=peer.connectionState)

    @peer.on("datachannel")
    def on_channel(channel):
        tell(type="event", name="datachannel", channel=channel.label)
        watch(channel)

    @peer.on("track")
    def on_track(track):
        tell(type="event", name="track", kind=track.kind)
        peer.addTrack(Echo(track))

        @track.on("ended")
        def on_ended():
            tell(type="event", name="ended", kind=track.kind)

    if role == "offer":
        watch(peer.createDataChannel("data"))
        await describe(peer, await peer.createOffer())
    async for line in lines():
        if line["type"] == "close":
            break
        if line["type"] == "description":
            remote = RTCSessionDescription(line["sdp"], line["sdpType"])
            await peer.setRemoteDescription(remote)
            if remote.type == "offer":
                await describe(peer, await peer.createAnswer())
    await peer.close()


asyncio.run(main(sys.argv[1]))
