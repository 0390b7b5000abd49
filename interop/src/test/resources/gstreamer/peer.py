"""A peer on GStreamer's webrtcbin that speaks the lines of `purertc connect` (docs/connect.md).

usage: peer.py offer|answer [unordered] [media]

It sends each message back on its channel; with `offer` it makes the channel "data". With `media` it
sends VP8 and Opus of its own, and decodes what comes. It never uses loopback.
"""

import base64
import json
import re
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

Gst.init(None)
loop = GLib.MainLoop()
pipeline = Gst.Pipeline()
peer = Gst.ElementFactory.make("webrtcbin")
peer.set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
pipeline.add(peer)
channels = {}
output = threading.Lock()


def tell(**line):
    with output:  # webrtcbin calls back on threads of its own
        print(json.dumps(line), flush=True)


def watch(channel):
    label = channel.get_property("label")
    channels[label] = channel

    def event(name):
        ordered = channel.get_property("ordered")
        protocol = channel.get_property("protocol") or ""
        tell(type="event", name=name, channel=label, ordered=ordered, protocol=protocol)

    # An empty message of either kind arrives here as data that is None (version 1.22 swaps the two
    # identifiers of RFC 8831 section 8), and when it is to send one, nothing leaves.
    def on_data(_, data):
        if data and data.get_size():
            channel.emit("send-data", data)
        else:
            event("empty")

    def on_text(_, text):
        if text:
            channel.emit("send-string", text)
        else:
            event("empty")

    channel.connect("on-open", lambda _: event("open"))
    channel.connect("on-close", lambda _: event("close"))
    channel.connect("on-error", lambda _, error: tell(type="event", name="error", reason=str(error)))
    channel.connect("on-message-string", on_text)
    channel.connect("on-message-data", on_data)
    if channel.get_property("ready-state") == GstWebRTC.WebRTCDataChannelState.OPEN:
        event("open")


SOURCES = {
    "VP8": "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=180,framerate=15/1"
    " ! vp8enc deadline=1 keyframe-max-dist=300 ! rtpvp8pay picture-id-mode=15-bit"
    " ! capsfilter caps=application/x-rtp,media=video,encoding-name=VP8,clock-rate=90000,rtcp-fb-nack-pli=true",
    "OPUS": "audiotestsrc is-live=true freq=440 ! audioconvert ! opusenc ! rtpopuspay"
    " ! capsfilter caps=application/x-rtp,media=audio,encoding-name=OPUS,clock-rate=48000,encoding-params=(string)2",
}
SINKS = {
    "VP8": "rtpvp8depay ! vp8dec ! fakesink name=sink",
    "OPUS": "rtpopusdepay ! opusdec ! fakesink name=sink",
}


def send(codec, payload_type):
    source = Gst.parse_bin_from_description("%s,payload=%s" % (SOURCES[codec], payload_type), True)
    pipeline.add(source)
    pad = peer.request_pad_simple("sink_%u")
    source.get_static_pad("src").link(pad)
    both = GstWebRTC.WebRTCRTPTransceiverDirection.SENDRECV
    pad.get_property("transceiver").set_property("direction", both)
    source.sync_state_with_parent()


def on_pad(_, pad):
    if pad.get_direction() != Gst.PadDirection.SRC:
        return
    codec = pad.get_current_caps().get_structure(0).get_string("encoding-name").upper()
    tell(type="event", name="track", codec=codec)
    decoder = Gst.parse_bin_from_description(SINKS[codec], True)
    sink = decoder.get_by_name("sink")
    for name, value in {"sync": False, "async": False, "signal-handoffs": True}.items():
        sink.set_property(name, value)
    count = [0]

    def on_frame(*_):
        count[0] += 1
        if count[0] % 10 == 0:
            tell(type="event", name="decoded", codec=codec, count=count[0])

    sink.connect("handoff", on_frame)
    pipeline.add(decoder)
    decoder.sync_state_with_parent()
    pad.link(decoder.get_static_pad("sink"))


def describe(kind):
    def on_created(promise, _=None):
        reply = promise.get_reply()
        if not reply.has_field(kind):
            tell(type="event", name="error", reason=reply.to_string())
            return
        description = reply.get_value(kind)
        # Applying it starts the candidates, which come after it.
        tell(type="description", sdpType=kind, sdp=description.sdp.as_text())
        peer.emit("set-local-description", description, Gst.Promise.new())

    peer.emit("create-" + kind, None, Gst.Promise.new_with_change_func(on_created, None))


def on_candidate(_, index, candidate):
    if candidate:  # an empty one is the end of candidates
        tell(type="candidate", candidate=candidate, sdpMLineIndex=index)


def obey(line):
    if line["type"] == "description":
        kind = line["sdpType"]
        _, sdp = GstSdp.SDPMessage.new_from_text(line["sdp"])
        sdp_type = getattr(GstWebRTC.WebRTCSDPType, kind.upper())
        description = GstWebRTC.WebRTCSessionDescription.new(sdp_type, sdp)

        def on_applied(promise, _=None):
            if kind == "offer":
                if "media" in sys.argv:
                    for codec in SOURCES:  # under the numbers of the offer
                        rtpmap = re.search(r"(?i)a=rtpmap:(\d+) %s/" % codec, line["sdp"])
                        send(codec, rtpmap.group(1))
                describe("answer")

        applied = Gst.Promise.new_with_change_func(on_applied, None)
        peer.emit("set-remote-description", description, applied)
    elif line["type"] == "candidate" and line["candidate"]:
        peer.emit("add-ice-candidate", line["sdpMLineIndex"], line["candidate"])
    elif line["type"] == "close" and "channel" in line:
        channels[line["channel"]].emit("close")
    elif line["type"] == "close":
        loop.quit()
    return False


def read():
    for line in sys.stdin:
        GLib.idle_add(obey, json.loads(line))
    GLib.idle_add(loop.quit)


def on_state(*_):
    state = peer.get_property("connection-state").value_nick
    tell(type="event", name="connectionstatechange", state=state)


def main(role, *options):
    peer.connect("on-ice-candidate", on_candidate)
    peer.connect("on-data-channel", lambda _, channel: watch(channel))
    peer.connect("notify::connection-state", on_state)
    pipeline.set_state(Gst.State.READY)  # data channels exist from here on
    peer.connect("pad-added", on_pad)
    if role == "offer":
        ordered = str("unordered" not in options).lower()
        settings = Gst.Structure.new_from_string("options,ordered=" + ordered)
        watch(peer.emit("create-data-channel", "data", settings))
    pipeline.set_state(Gst.State.PLAYING)
    if role == "offer":
        if "media" in options:
            send("VP8", 96)
            send("OPUS", 111)
        describe("offer")
    threading.Thread(target=read, daemon=True).start()
    loop.run()
    pipeline.set_state(Gst.State.NULL)


main(*sys.argv[1:])
