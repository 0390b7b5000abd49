package org.purertc.samples.share;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.purertc.PeerConnectionFactory;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.mesh.MeshProgram;
import org.purertc.samples.signaling.mesh.RoomMesh;
import org.purertc.samples.terminal.CommandFailure;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.TransferException;

/** The room in which sender and receiver meet, and how one of them enters it. */
record MeetingRoom(RoomServer server, JoinRequest request) {

  String name() {
    return request.room();
  }

  /**
   * Enters it.
   *
   * @throws TransferException when it may be possible later
   * @throws CommandFailure when it will not be possible
   */
  RoomMesh join(PeerConnectionFactory factory, MeshProgram program) throws TransferException {
    try {
      return RoomMesh.join(server, request, factory, program);
    } catch (SignalingUnavailableException e) {
      String reason = "cannot enter room " + name() + ": " + e.getMessage();
      switch (e.reason()) {
        case UNKNOWN_ADDRESS, NOT_ALLOWED ->
            throw new CommandFailure(reason, ExitCodes.WRONG_PLACE);
        case REFUSED -> throw new TransferException(FailureCode.BUSY, reason);
        default -> throw new TransferException(FailureCode.LOST, reason);
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("no usable room or name: " + e.getMessage(), ExitCodes.WRONG_PLACE);
    }
  }

  /** Where the server is. */
  InetAddress host() {
    String host = server.uri().getHost();
    try {
      if (host != null) {
        return InetAddress.getByName(host);
      }
    } catch (UnknownHostException e) {
      throw new CommandFailure("unknown host: " + host, ExitCodes.NETWORK);
    }
    throw new CommandFailure(
        "\"" + server.uri() + "\" is no server (http://HOST:PORT)", ExitCodes.WRONG_PLACE);
  }
}
