package org.purertc.internal.rtp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.rtcp.SourceDescription;
import org.purertc.internal.util.MalformedPacketException;

/**
 * Finds the stream to which a packet of a bundle belongs, RFC 9143 section 9.2: by mid, by SSRC, by
 * payload type. An SSRC stays with its section when that receives no more: the last packets, which
 * need not say a mid, must not go to another section by their payload type.
 *
 * <p>SSRCs that no description names are forgotten when there are too many, those unused for the
 * longest time first.
 */
public final class RtpRouter {
  /** SSRCs at once that no description names. */
  public static final int MAX_UNSIGNALLED = 64;

  private final StreamOpener opener;
  private final List<SourceBinding> bindings = new ArrayList<>();

  /** The media streams of the bindings. */
  private final List<ReceiveStream> streams = new ArrayList<>();

  private List<MediaSection> sections = List.of();
  private ExtensionIds extensions = ExtensionIds.NONE;
  private long uses;
  private long unroutablePackets;
  private long forgottenSources;

  public RtpRouter(StreamOpener opener) {
    this.opener = opener;
  }

  /** Takes what a new negotiation says; streams of sections that are gone end. */
  public void update(List<MediaSection> sections, ExtensionIds extensions) {
    this.sections = List.copyOf(sections);
    this.extensions = extensions;
    for (SourceBinding binding : List.copyOf(bindings)) {
      MediaSection named = signalling(binding.ssrc);
      MediaSection section = named == null ? sectionOf(binding.section.mid()) : named;
      binding.isSignalled = named != null;
      binding.isEnded = section == null;
      if (section == null) {
        end(binding);
      } else if (!section.mid().equals(binding.section.mid())) {
        // Packets that were faster than the description went by their payload type.
        moveTo(section, binding);
      } else {
        binding.section = section;
        ReceiveStream stream = binding.media;
        if (stream != null) {
          stream.update(section.parameters());
        }
      }
    }
    makeRoom(MAX_UNSIGNALLED);
  }

  /**
   * Gives the packet to its stream.
   *
   * @return whether there was one
   */
  public boolean receive(RtpPacket packet, long nowNs) throws MalformedPacketException {
    SourceBinding binding = bindingOf(packet);
    if (binding == null || binding.isEnded || !binding.section.has(packet.payloadType())) {
      unroutablePackets++;
      return false;
    }
    binding.lastUse = ++uses;
    boolean isRtx = binding.section.isRtx(packet.payloadType());
    ReceiveStream stream = isRtx ? repairedBy(binding, packet) : mediaOf(binding, packet);
    if (stream == null) {
      unroutablePackets++;
      return false;
    }
    if (isRtx) {
      stream.receiveRetransmission(packet, nowNs);
    } else {
      stream.receive(packet, nowNs);
    }
    return true;
  }

  private @Nullable SourceBinding bindingOf(RtpPacket packet) {
    SourceBinding binding = find(packet.ssrc());
    String known = binding == null ? "" : binding.section.mid();
    if (!HeaderExtensions.hasText(packet, extensions, ExtensionType.MID, known)) {
      String mid = HeaderExtensions.text(packet, extensions, ExtensionType.MID);
      if (mid != null) {
        return bindByMid(binding, packet, mid);
      }
    } else if (binding != null) {
      binding.saidMidAt(packet.sequence());
    }
    return binding != null ? binding : bindWithoutMid(packet);
  }

  private @Nullable SourceBinding bindByMid(
      @Nullable SourceBinding binding, RtpPacket packet, String mid) {
    MediaSection section = sectionOf(mid);
    if (section == null) {
      return null;
    }
    if (binding == null) {
      binding = bind(packet.ssrc(), section);
    } else if (binding.isNewsOf(packet.sequence())) {
      moveTo(section, binding);
    } else {
      return binding;
    }
    binding.saidMidAt(packet.sequence());
    return binding;
  }

  private @Nullable SourceBinding bindWithoutMid(RtpPacket packet) {
    MediaSection named = signalling(packet.ssrc());
    if (named != null) {
      return bind(packet.ssrc(), named);
    }
    MediaSection only = null;
    for (MediaSection section : sections) {
      if (section.has(packet.payloadType())) {
        if (only != null) {
          return null; // RFC 9143 section 9.2: a payload type of two sections tells nothing
        }
        only = section;
      }
    }
    return only == null ? null : bind(packet.ssrc(), only);
  }

  private @Nullable MediaSection signalling(long ssrc) {
    for (MediaSection section : sections) {
      if (isSignalled(section, ssrc)) {
        return section;
      }
    }
    return null;
  }

  private static boolean isSignalled(MediaSection section, long ssrc) {
    return section.signalled().containsKey(ssrc) || section.signalled().containsValue(ssrc);
  }

  private SourceBinding bind(long ssrc, MediaSection section) {
    boolean signalled = isSignalled(section, ssrc);
    if (!signalled) {
      makeRoom(MAX_UNSIGNALLED - 1);
    }
    SourceBinding binding = new SourceBinding(ssrc, section, signalled);
    binding.lastUse = ++uses;
    bindings.add(binding);
    return binding;
  }

  private void makeRoom(int most) {
    int count = 0;
    for (SourceBinding binding : bindings) {
      count += binding.isSignalled ? 0 : 1;
    }
    for (; count > most; count--) {
      forgottenSources++;
      forgetOldest();
    }
  }

  private void forgetOldest() {
    SourceBinding oldest = null;
    for (SourceBinding binding : bindings) {
      if (!binding.isSignalled && (oldest == null || binding.lastUse < oldest.lastUse)) {
        oldest = binding;
      }
    }
    if (oldest != null) {
      bindings.remove(oldest);
      end(oldest);
    }
  }

  private void moveTo(MediaSection section, SourceBinding binding) {
    end(binding);
    binding.section = section;
    binding.isSignalled = isSignalled(section, binding.ssrc);
    binding.isEnded = false;
    binding.repaired = null;
    binding.rid = "";
  }

  private void end(SourceBinding binding) {
    ReceiveStream stream = binding.media;
    if (stream != null) {
      binding.media = null;
      streams.remove(stream);
      for (SourceBinding other : bindings) {
        other.repaired = other.repaired == stream ? null : other.repaired;
      }
      opener.onClosed(stream);
    }
  }

  private @Nullable ReceiveStream mediaOf(SourceBinding binding, RtpPacket packet) {
    ReceiveStream stream = binding.media;
    if (stream == null) {
      String rid = HeaderExtensions.text(packet, extensions, ExtensionType.STREAM_ID);
      binding.rid = rid == null ? "" : rid;
      stream = opener.open(binding.section, binding.rid, binding.ssrc);
      if (stream != null) {
        binding.media = stream;
        streams.add(stream);
      }
    }
    return stream;
  }

  private @Nullable ReceiveStream repairedBy(SourceBinding binding, RtpPacket packet) {
    ReceiveStream stream = binding.repaired;
    if (stream == null) {
      stream = findRepaired(binding, packet);
      binding.repaired = stream;
      if (stream != null) {
        stream.setRtxSsrc(binding.ssrc);
      }
    }
    return stream;
  }

  private @Nullable ReceiveStream findRepaired(SourceBinding repair, RtpPacket packet) {
    String rid = HeaderExtensions.text(packet, extensions, ExtensionType.REPAIRED_STREAM_ID);
    ReceiveStream only = null;
    ReceiveStream waiting = null;
    int candidates = 0;
    for (SourceBinding binding : bindings) {
      ReceiveStream stream = binding.media;
      if (stream == null || !binding.section.mid().equals(repair.section.mid())) {
        continue;
      }
      Long signalledRtx = binding.section.signalled().get(binding.ssrc);
      if (signalledRtx != null && signalledRtx == repair.ssrc || binding.rid.equals(rid)) {
        return stream;
      }
      only = stream;
      candidates++;
      waiting = isWaiting(stream, packet) ? stream : waiting;
    }
    // RFC 4588 section 5.3: what was asked for tells which stream this repairs.
    return rid == null && candidates == 1 ? only : waiting;
  }

  private static boolean isWaiting(ReceiveStream stream, RtpPacket packet) {
    if (packet.payloadLength() < PacketWriter.RTX_HEADER_BYTES) {
      return false;
    }
    byte[] buffer = packet.buffer();
    int at = packet.payloadOffset();
    return stream.isWaitingFor((buffer[at] & 0xff) << 8 | buffer[at + 1] & 0xff);
  }

  /** RFC 9143 section 9.2: an SDES item names the section, too. */
  void onSourceDescription(SourceDescription.Chunk chunk) {
    MediaSection section = sectionOf(chunk.mid());
    if (chunk.mid().isEmpty() || section == null) {
      return;
    }
    SourceBinding binding = find(chunk.ssrc());
    if (binding == null) {
      bind(chunk.ssrc(), section);
    } else if (!binding.section.mid().equals(section.mid())) {
      moveTo(section, binding);
    }
  }

  /** The remote has ended a source; where it belongs is kept for packets that come later. */
  void onBye(long ssrc) {
    SourceBinding binding = find(ssrc);
    if (binding != null) {
      end(binding);
    }
  }

  /** The stream with this SSRC; null without one. */
  public @Nullable ReceiveStream streamOf(long ssrc) {
    SourceBinding binding = find(ssrc);
    return binding == null ? null : binding.media;
  }

  /** All streams that were opened and have not ended; a view. */
  public List<ReceiveStream> streams() {
    return Collections.unmodifiableList(streams);
  }

  private @Nullable SourceBinding find(long ssrc) {
    for (int i = 0; i < bindings.size(); i++) {
      SourceBinding binding = bindings.get(i);
      if (binding.ssrc == ssrc) {
        return binding;
      }
    }
    return null;
  }

  private @Nullable MediaSection sectionOf(String mid) {
    for (MediaSection section : sections) {
      if (section.mid().equals(mid)) {
        return section;
      }
    }
    return null;
  }

  /** Packets that belong to no stream. */
  public long unroutablePackets() {
    return unroutablePackets;
  }

  /** SSRCs that were forgotten because there were too many. */
  public long forgottenSources() {
    return forgottenSources;
  }
}
