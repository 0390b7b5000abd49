package main

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/pion/interceptor"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

// oneLost: of how many packets one is lost.
const oneLost = 25

func newAPI(engine webrtc.SettingEngine) *webrtc.API {
	var media webrtc.MediaEngine
	check(media.RegisterDefaultCodecs())
	var registry interceptor.Registry
	if slices.Contains(options, "lossy") {
		registry.Add(lossyFactory{}) // the first one is next to the wire
	}
	check(webrtc.RegisterDefaultInterceptors(&media, &registry))
	return webrtc.NewAPI(webrtc.WithSettingEngine(engine), webrtc.WithMediaEngine(&media),
		webrtc.WithInterceptorRegistry(&registry))
}

// lossy loses packets, retransmissions among them.
type lossy struct{ interceptor.NoOp }

type lossyFactory struct{}

func (lossyFactory) NewInterceptor(string) (interceptor.Interceptor, error) {
	return &lossy{}, nil
}

func (*lossy) BindLocalStream(_ *interceptor.StreamInfo,
	writer interceptor.RTPWriter) interceptor.RTPWriter {
	var count atomic.Int64
	return interceptor.RTPWriterFunc(func(header *rtp.Header, payload []byte,
		attributes interceptor.Attributes) (int, error) {
		if count.Add(1)%oneLost == 0 {
			return len(payload), nil
		}
		return writer.Write(header, payload, attributes)
	})
}

func (*lossy) BindRemoteStream(_ *interceptor.StreamInfo,
	reader interceptor.RTPReader) interceptor.RTPReader {
	var count atomic.Int64
	return interceptor.RTPReaderFunc(func(buffer []byte,
		attributes interceptor.Attributes) (int, interceptor.Attributes, error) {
		if count.Add(1)%oneLost == 0 {
			if _, _, err := reader.Read(buffer, attributes); err != nil {
				return 0, nil, err
			}
		}
		return reader.Read(buffer, attributes)
	})
}

// echoTracks adds a track for each MIME type, which carries what comes.
func echoTracks(peer *webrtc.PeerConnection) {
	back := map[string]*webrtc.TrackLocalStaticRTP{}
	var remoteSSRC atomic.Uint32 // of the video
	for _, mimeType := range options {
		kind, _, isMedia := strings.Cut(mimeType, "/")
		if !isMedia {
			continue
		}
		codec := webrtc.RTPCodecCapability{MimeType: mimeType}
		local, err := webrtc.NewTrackLocalStaticRTP(codec, kind, "echo")
		check(err)
		sender, err := peer.AddTrack(local)
		check(err)
		back[kind] = local
		go passKeyFrameRequests(peer, sender, &remoteSSRC)
	}
	peer.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		kind := remote.Kind().String()
		tell(map[string]any{"type": "event", "name": "track", "kind": kind,
			"codec": remote.Codec().MimeType})
		if kind == "video" {
			remoteSSRC.Store(uint32(remote.SSRC()))
		}
		for {
			packet, _, err := remote.ReadRTP()
			if err != nil {
				tell(map[string]any{"type": "event", "name": "ended", "kind": kind})
				return
			}
			packet.Extension = false // their ids are those of the other direction
			packet.Extensions = nil
			if local := back[kind]; local != nil {
				_ = local.WriteRTP(packet) // fails after the end
			}
		}
	})
}

func passKeyFrameRequests(peer *webrtc.PeerConnection, sender *webrtc.RTPSender,
	remoteSSRC *atomic.Uint32) {
	for {
		packets, _, err := sender.ReadRTCP()
		if err != nil {
			return
		}
		for _, packet := range packets {
			if _, isPLI := packet.(*rtcp.PictureLossIndication); isPLI {
				tell(map[string]any{"type": "event", "name": "keyframerequest"})
				request := &rtcp.PictureLossIndication{MediaSSRC: remoteSSRC.Load()}
				_ = peer.WriteRTCP([]rtcp.Packet{request}) // fails after the end
			}
		}
	}
}
