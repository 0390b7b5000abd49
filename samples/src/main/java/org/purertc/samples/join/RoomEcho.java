package org.purertc.samples.join;

import java.util.function.Consumer;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.mesh.MeshPeer;
import org.purertc.samples.signaling.mesh.MeshProgram;
import org.purertc.samples.signaling.protocol.ChatLine;
import org.purertc.samples.signaling.protocol.Member;

/** An echoing peer for each other member of a room. */
final class RoomEcho implements MeshProgram {
  private final Consumer<String> report;

  /**
   * @param report told in one line each what happens
   */
  RoomEcho(Consumer<String> report) {
    this.report = report;
  }

  @Override
  public MeshPeer meet(Member member, RTCPeerConnection peer) {
    report.accept(member.name() + " is here");
    return new EchoingMember(member.name(), peer, report);
  }

  @Override
  public void onChat(ChatLine line) {
    report.accept(line.name() + ": " + line.text());
  }

  @Override
  public void onInterrupted(String reason) {
    report.accept("signalling is interrupted: " + reason);
  }

  @Override
  public void onClosed(String reason) {
    report.accept("signalling has ended: " + reason);
  }
}
