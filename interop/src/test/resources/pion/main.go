// A peer on pion that speaks the lines of `purertc connect` (docs/connect.md), on loopback only.
//
// usage: pion-peer offer|answer [unordered] [lossy] [lite] [video/VP8 | audio/opus | ...]
//
// It sends each message back on its channel; with `offer` it makes the channel "data". For each MIME
// type it sends and receives a track, and sends back the RTP packets that come. With `lossy` it loses
// some of the packets in both directions; with `lite` it is an ICE-lite agent.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	"net"
	"os"
	"slices"
	"sync"

	"github.com/pion/ice/v4"
	"github.com/pion/webrtc/v4"
)

// line is what one line of input may hold; see docs/connect.md.
type line struct {
	Type          string  `json:"type"`
	SDPType       string  `json:"sdpType"`
	SDP           string  `json:"sdp"`
	Candidate     string  `json:"candidate"`
	SDPMid        *string `json:"sdpMid"`
	SDPMLineIndex *uint16 `json:"sdpMLineIndex"`
	Channel       string  `json:"channel"`
}

var (
	channels = map[string]*webrtc.DataChannel{}
	options  = os.Args[2:]
	lock     sync.Mutex
)

func tell(fields map[string]any) {
	text, err := json.Marshal(fields)
	check(err)
	lock.Lock()
	defer lock.Unlock()
	_, err = os.Stdout.Write(append(text, '\n'))
	check(err)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func newPeer() *webrtc.PeerConnection {
	var engine webrtc.SettingEngine
	engine.SetIncludeLoopbackCandidate(true)
	engine.SetIPFilter(func(address net.IP) bool { return address.IsLoopback() })
	engine.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	engine.SetLite(slices.Contains(options, "lite"))
	peer, err := newAPI(engine).NewPeerConnection(webrtc.Configuration{})
	check(err)
	peer.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		tell(map[string]any{"type": "event", "name": "connectionstatechange", "state": state.String()})
	})
	peer.OnICECandidate(func(candidate *webrtc.ICECandidate) {
		if candidate != nil {
			it := candidate.ToJSON()
			tell(map[string]any{"type": "candidate", "candidate": it.Candidate,
				"sdpMid": it.SDPMid, "sdpMLineIndex": it.SDPMLineIndex})
		}
	})
	peer.OnDataChannel(watch)
	echoTracks(peer)
	return peer
}

func watch(channel *webrtc.DataChannel) {
	label := channel.Label()
	lock.Lock()
	channels[label] = channel
	lock.Unlock()
	event := func(name string) {
		tell(map[string]any{"type": "event", "name": name, "channel": label,
			"ordered": channel.Ordered(), "protocol": channel.Protocol()})
	}
	channel.OnOpen(func() { event("open") })
	channel.OnClose(func() { event("close") })
	channel.OnMessage(func(message webrtc.DataChannelMessage) {
		if message.IsString {
			check(channel.SendText(string(message.Data)))
		} else {
			check(channel.Send(message.Data))
		}
	})
}

// describe tells the description first: applying it starts the candidates.
func describe(peer *webrtc.PeerConnection, description webrtc.SessionDescription, err error) {
	check(err)
	tell(map[string]any{"type": "description", "sdpType": description.Type.String(),
		"sdp": description.SDP})
	check(peer.SetLocalDescription(description))
}

// obey does what a line says; false when it is the last one.
func obey(peer *webrtc.PeerConnection, it line) bool {
	switch it.Type {
	case "description":
		remote := webrtc.SessionDescription{Type: webrtc.NewSDPType(it.SDPType), SDP: it.SDP}
		check(peer.SetRemoteDescription(remote))
		if remote.Type == webrtc.SDPTypeOffer {
			answer, err := peer.CreateAnswer(nil)
			describe(peer, answer, err)
		}
	case "candidate":
		check(peer.AddICECandidate(webrtc.ICECandidateInit{
			Candidate: it.Candidate, SDPMid: it.SDPMid, SDPMLineIndex: it.SDPMLineIndex}))
	case "close":
		if it.Channel == "" {
			return false
		}
		lock.Lock()
		channel := channels[it.Channel]
		lock.Unlock()
		check(channel.Close())
	}
	return true
}

func main() {
	peer := newPeer()
	if os.Args[1] == "offer" {
		ordered := !slices.Contains(options, "unordered")
		channel, err := peer.CreateDataChannel("data", &webrtc.DataChannelInit{Ordered: &ordered})
		check(err)
		watch(channel)
		offer, err := peer.CreateOffer(nil)
		describe(peer, offer, err)
	}
	input := bufio.NewReader(os.Stdin)
	for {
		text, err := input.ReadBytes('\n')
		if err == io.EOF {
			break
		}
		check(err)
		var it line
		check(json.Unmarshal(text, &it))
		if !obey(peer, it) {
			break
		}
	}
	check(peer.GracefulClose())
}
