// Records what a browser sends: each RTP and RTCP packet as it was before SRTP, one file for each.
//
// usage: rtp-capture ADDRESS:PORT DIRECTORY
//
// Open http://ADDRESS:PORT/?name=chromium-vp8&kind=video&codec=VP8 in a browser with fake devices;
// page.html says what else may be asked for. DIRECTORY gets name.rtpdump and the answer, name.sdp;
// with rtcp=1 the dump has the browser's RTCP instead, while the media goes back to the browser.
package main

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
)

//go:embed page.html
var page []byte

var extensions = []string{
	"urn:ietf:params:rtp-hdrext:sdes:mid",
	"urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
	"urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
	"http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
	"http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
	"urn:ietf:params:rtp-hdrext:toffset",
	"http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
	"http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
	"urn:3gpp:video-orientation",
	"urn:ietf:params:rtp-hdrext:ssrc-audio-level",
	"https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// A dump is one file of packets: arrival in microseconds, length, bytes.
type dump struct {
	lock  sync.Mutex
	file  *os.File
	start time.Time
	room  int
	last  []byte
}

func (d *dump) write(packet []byte) {
	d.lock.Lock()
	defer d.lock.Unlock()
	// pion hands a compound packet to the reader of each SSRC that it names.
	if d.room < len(packet)+10 || bytes.Equal(packet, d.last) {
		return
	}
	if d.start.IsZero() {
		d.start = time.Now()
	}
	head := make([]byte, 10)
	binary.BigEndian.PutUint64(head, uint64(time.Since(d.start).Microseconds()))
	binary.BigEndian.PutUint16(head[8:], uint16(len(packet)))
	_, err := d.file.Write(append(head, packet...))
	check(err)
	d.room -= len(packet) + 10
	d.last = append([]byte(nil), packet...)
}

// A tap sees each packet that comes in, retransmissions too.
type tap struct {
	interceptor.NoOp
	rtp, rtcp *dump
}

func (t *tap) NewInterceptor(string) (interceptor.Interceptor, error) { return t, nil }

func (t *tap) BindRemoteStream(_ *interceptor.StreamInfo, in interceptor.RTPReader) interceptor.RTPReader {
	return interceptor.RTPReaderFunc(func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
		n, a, err := in.Read(b, a)
		if err == nil && t.rtp != nil {
			t.rtp.write(b[:n])
		}
		return n, a, err
	})
}

func (t *tap) BindRTCPReader(in interceptor.RTCPReader) interceptor.RTCPReader {
	return interceptor.RTCPReaderFunc(func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
		n, a, err := in.Read(b, a)
		if err == nil && t.rtcp != nil {
			t.rtcp.write(b[:n])
		}
		return n, a, err
	})
}

// A request is what the page asks for, with its offer.
type request struct {
	Name, Kind, Codec, SDP string

	RTX, RTCP, REMB, NACK, DTMF bool
}

func codecs(it request) (list []webrtc.RTPCodecParameters) {
	// The payload types and fmtp of the offer, so that nothing depends on ours.
	want := strings.ToLower(it.Codec)
	rtpmap, fmtp := map[string]string{}, map[string]string{}
	var order []string
	for _, line := range strings.Split(it.SDP, "\r\n") {
		if rest, ok := strings.CutPrefix(line, "a=rtpmap:"); ok {
			pt, value, _ := strings.Cut(rest, " ")
			rtpmap[pt] = value
			order = append(order, pt)
		}
		if rest, ok := strings.CutPrefix(line, "a=fmtp:"); ok {
			pt, value, _ := strings.Cut(rest, " ")
			fmtp[pt] = value
		}
	}
	add := func(pt string) {
		var clock, channels int
		parts := strings.Split(rtpmap[pt], "/")
		fmt.Sscan(parts[1], &clock)
		if len(parts) > 2 {
			fmt.Sscan(parts[2], &channels)
		}
		var number uint8
		fmt.Sscan(pt, &number)
		mime := it.Kind + "/" + parts[0]
		var feedback []webrtc.RTCPFeedback
		if it.Kind == "video" && parts[0] != "rtx" {
			feedback = []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"},
				{Type: "ccm", Parameter: "fir"}, {Type: "goog-remb"}}
			if !it.REMB {
				feedback = append(feedback, webrtc.RTCPFeedback{Type: "transport-cc"})
			}
		}
		list = append(list, webrtc.RTPCodecParameters{PayloadType: webrtc.PayloadType(number),
			RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: mime, ClockRate: uint32(clock),
				Channels: uint16(channels), SDPFmtpLine: fmtp[pt], RTCPFeedback: feedback}})
	}
	var chosen string
	for _, pt := range order {
		name := strings.ToLower(rtpmap[pt])
		if chosen == "" && strings.HasPrefix(name, want+"/") {
			chosen = pt
			add(pt)
		} else if it.RTX && name == "rtx/90000" && fmtp[pt] == "apt="+chosen {
			add(pt)
		} else if it.DTMF && strings.HasPrefix(name, "telephone-event/48000") {
			add(pt)
		}
	}
	return list
}

func answer(it request, directory string, host net.IP) webrtc.SessionDescription {
	limit := 150_000
	file, err := os.Create(filepath.Join(directory, it.Name+".rtpdump"))
	check(err)
	taps := &tap{}
	if it.RTCP {
		taps.rtcp = &dump{file: file, room: limit}
	} else {
		taps.rtp = &dump{file: file, room: limit}
	}
	media := &webrtc.MediaEngine{}
	kind := webrtc.NewRTPCodecType(it.Kind)
	for _, codec := range codecs(it) {
		log.Printf("%s: %d %s %s", it.Name, codec.PayloadType, codec.MimeType, codec.SDPFmtpLine)
		check(media.RegisterCodec(codec, kind))
	}
	for _, uri := range extensions {
		if it.REMB && strings.Contains(uri, "transport-wide") {
			continue
		}
		check(media.RegisterHeaderExtension(webrtc.RTPHeaderExtensionCapability{URI: uri}, kind))
	}
	registry := &interceptor.Registry{}
	if it.RTCP {
		check(webrtc.ConfigureRTCPReports(registry))
		check(webrtc.ConfigureNack(media, registry))
		if !it.REMB {
			check(webrtc.ConfigureTWCCHeaderExtensionSender(media, registry))
			check(webrtc.ConfigureTWCCSender(media, registry))
		}
	}
	registry.Add(taps)
	var engine webrtc.SettingEngine
	engine.SetIncludeLoopbackCandidate(true)
	engine.SetIPFilter(func(address net.IP) bool { return address.Equal(host) })
	engine.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	peer, err := webrtc.NewAPI(webrtc.WithSettingEngine(engine), webrtc.WithMediaEngine(media),
		webrtc.WithInterceptorRegistry(registry)).NewPeerConnection(webrtc.Configuration{})
	check(err)
	var back *webrtc.TrackLocalStaticRTP
	if it.RTCP {
		back, err = webrtc.NewTrackLocalStaticRTP(codecs(it)[0].RTPCodecCapability, "back", "back")
		check(err)
		sender, err := peer.AddTrack(back)
		check(err)
		go func() {
			for buffer := make([]byte, 1500); ; {
				if _, _, err := sender.Read(buffer); err != nil {
					return
				}
			}
		}()
	}
	peer.OnTrack(func(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
		go func() {
			for buffer := make([]byte, 1500); ; {
				var err error
				if track.RID() == "" {
					_, _, err = receiver.Read(buffer)
				} else {
					_, _, err = receiver.ReadSimulcast(buffer, track.RID())
				}
				if err != nil {
					return
				}
			}
		}()
		if it.Kind == "video" {
			go func() {
				interval := 900 * time.Millisecond
				if it.RTCP {
					interval *= 3
				}
				for range time.Tick(interval) {
					if peer.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: uint32(track.SSRC())}}) != nil {
						return
					}
				}
			}()
		}
		for count := 0; ; count++ {
			packet, _, err := track.ReadRTP()
			if err != nil {
				return
			}
			if it.NACK && count%10 == 9 {
				_ = peer.WriteRTCP([]rtcp.Packet{&rtcp.TransportLayerNack{MediaSSRC: uint32(track.SSRC()),
					Nacks: []rtcp.NackPair{{PacketID: packet.SequenceNumber - 2, LostPackets: 1}}}})
			}
			// No key frame at first and a hole now and then, so that the browser has to ask.
			if back != nil && count > 9 && count%40 != 39 {
				if !it.REMB {
					packet.Extension, packet.Extensions = false, nil
				}
				_ = back.WriteRTP(packet)
			}
		}
	})
	check(peer.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: it.SDP}))
	local, err := peer.CreateAnswer(nil)
	check(err)
	gathered := webrtc.GatheringCompletePromise(peer)
	check(peer.SetLocalDescription(local))
	<-gathered
	text := []byte(peer.LocalDescription().SDP)
	check(os.WriteFile(filepath.Join(directory, it.Name+".sdp"), text, 0o644))
	time.AfterFunc(20*time.Second, func() { check(peer.Close()); check(file.Close()) })
	return *peer.LocalDescription()
}

func main() {
	address, directory := os.Args[1], os.Args[2]
	host, _, err := net.SplitHostPort(address)
	check(err)
	http.HandleFunc("/", func(out http.ResponseWriter, _ *http.Request) {
		out.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = out.Write(page)
	})
	http.HandleFunc("/offer", func(out http.ResponseWriter, in *http.Request) {
		var it request
		check(json.NewDecoder(in.Body).Decode(&it))
		it.Name = filepath.Base(it.Name)
		check(json.NewEncoder(out).Encode(answer(it, directory, net.ParseIP(host))))
	})
	http.HandleFunc("/done", func(_ http.ResponseWriter, in *http.Request) {
		log.Printf("done %s", in.URL.RawQuery)
		_ = os.WriteFile(filepath.Join(directory, "done"), []byte(in.URL.RawQuery), 0o644)
	})
	log.Fatal(http.ListenAndServe(address, nil))
}
