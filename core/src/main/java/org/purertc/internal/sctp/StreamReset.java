package org.purertc.internal.sctp;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.packet.PacketWriter;
import org.purertc.internal.sctp.packet.ReConfigChunk;
import org.purertc.internal.sctp.packet.ReConfigParameter;
import org.purertc.internal.sctp.packet.ReConfigParameter.AddIncomingStreams;
import org.purertc.internal.sctp.packet.ReConfigParameter.AddOutgoingStreams;
import org.purertc.internal.sctp.packet.ReConfigParameter.IncomingSsnReset;
import org.purertc.internal.sctp.packet.ReConfigParameter.OutgoingSsnReset;
import org.purertc.internal.sctp.packet.ReConfigParameter.Response;
import org.purertc.internal.sctp.packet.ReConfigParameter.SsnTsnReset;
import org.purertc.internal.util.SerialNumber;

/** Stream reconfiguration, RFC 6525: our requests one after the other, and the peer's. */
final class StreamReset {
  /** So many fit into any packet together with other control chunks. */
  private static final int MAX_STREAMS_PER_REQUEST = 256;

  private static final int MAX_STREAMS = 65_535;

  /** One RE-CONFIG asks two things; a flood is answered in part. */
  private static final int MAX_RESPONSES = 4;

  private final Endpoint endpoint;

  /** Streams to reset for which no request is on its way. */
  private final BitSet pending = new BitSet();

  /** All streams to reset whose answer did not come. */
  private final BitSet resetting = new BitSet();

  private @Nullable ReConfigParameter request;
  private long requestSequence;
  private boolean requestDue;

  /** More outgoing streams that the peer asked us to ask for. */
  private int streamsToAdd;

  private boolean mayBeSettled;
  private long nextSequence;
  private final RetransmissionTimer timer = newTimer();

  private long expectedSequence;
  private long lastResult = Response.NOTHING_TO_DO;
  private final ArrayDeque<Response> responses = new ArrayDeque<>(2);

  /** The peer's request that waits for data, if it is that of {@link #expectedSequence} - 1. */
  private boolean deferred;

  StreamReset(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  private static RetransmissionTimer newTimer() {
    // The association's error counter ends it first.
    return new RetransmissionTimer(Integer.MAX_VALUE);
  }

  /** RFC 6525 section 4.1: both sequences begin with the initial TSNs. */
  void begin(TransmissionControlBlock block) {
    nextSequence = block.local().initialTsn();
    expectedSequence = block.remote().initialTsn();
    lastResult = Response.NOTHING_TO_DO;
    responses.clear();
    deferred = false;
    request = null;
    streamsToAdd = 0;
    requestDue = false;
    timer.stop();
    pending.or(resetting);
    mayBeSettled = true;
  }

  void stop() {
    timer.stop();
    pending.clear();
    resetting.clear();
    request = null;
    responses.clear();
    requestDue = false;
    streamsToAdd = 0;
  }

  boolean isResetting(int streamId) {
    return resetting.get(streamId);
  }

  /** Resets these once nothing of theirs waits or is unacknowledged. */
  void reset(int[] streamIds) {
    for (int id : streamIds) {
      if (!resetting.get(id)) {
        resetting.set(id);
        pending.set(id);
      }
    }
    mayBeSettled = true;
  }

  /** The peer acknowledged something, so that a stream may be settled. */
  void onProgress() {
    mayBeSettled = true;
  }

  /** Adds what is due to the packet. */
  void produce(PacketWriter out, TransmissionControlBlock block, long nowNs) {
    if (request == null && streamsToAdd > 0) {
      start(new AddOutgoingStreams(nextSequence, streamsToAdd), nowNs);
      streamsToAdd = 0;
    } else if (request == null && mayBeSettled && !pending.isEmpty()) {
      mayBeSettled = false;
      prepareReset(block, nowNs);
    }
    while (!responses.isEmpty() && add(out, responses.peek())) {
      responses.remove();
    }
    ReConfigParameter current = request;
    if (current != null && requestDue && add(out, current)) {
      requestDue = false;
    }
  }

  private void start(ReConfigParameter next, long nowNs) {
    request = next;
    requestSequence = nextSequence;
    nextSequence = next(nextSequence);
    requestDue = true;
    timer.start(nowNs, endpoint.rto().rtoNs());
  }

  private static boolean add(PacketWriter out, ReConfigParameter parameter) {
    ReConfigChunk chunk = ReConfigChunk.of(parameter);
    if (!out.fits(chunk)) {
      return false;
    }
    out.add(chunk);
    return true;
  }

  private void prepareReset(TransmissionControlBlock block, long nowNs) {
    if (!block.remote().supportsReConfig()) {
      int[] all = pending.stream().toArray();
      pending.clear();
      finish(all, false);
      return;
    }
    int[] ids =
        pending.stream()
            .filter(endpoint.queue()::isSettled)
            .limit(MAX_STREAMS_PER_REQUEST)
            .toArray();
    if (ids.length == 0) {
      return;
    }
    for (int id : ids) {
      pending.clear(id);
    }
    long lastTsn = SerialNumber.wrap32(block.sender().nextTsn() - 1);
    start(new OutgoingSsnReset(nextSequence, previous(expectedSequence), lastTsn, ids), nowNs);
  }

  private void finish(int[] ids, boolean performed) {
    for (int id : ids) {
      resetting.clear(id);
      if (performed) {
        endpoint.queue().resetSequenceNumber(id);
      }
    }
    endpoint.events().outgoingReset(ids, performed);
  }

  /** Another path: a request that waits for its answer goes out on it at once. */
  void sendAgain() {
    requestDue = request != null;
  }

  long nextDeadlineNs() {
    return timer.deadlineNs();
  }

  void postpone(long durationNs) {
    timer.postpone(durationNs);
  }

  /** Whether the answer is overdue; then the request goes out again. */
  boolean onDeadline(long nowNs) {
    if (!timer.expire(nowNs)) {
      return false;
    }
    requestDue = request != null;
    return requestDue;
  }

  void onReConfig(ReConfigChunk chunk, TransmissionControlBlock block, long nowNs) {
    for (ReConfigParameter parameter : chunk.parameters()) {
      if (parameter instanceof Response answer) {
        onResponse(answer, block, nowNs);
      } else if (parameter instanceof OutgoingSsnReset reset) {
        answer(reset.requestSequence(), () -> resetIncoming(reset, block));
      } else if (parameter instanceof IncomingSsnReset reset) {
        answer(reset.requestSequence(), () -> resetOutgoing(reset));
      } else if (parameter instanceof AddOutgoingStreams more) {
        answer(more.requestSequence(), () -> addIncoming(more));
      } else if (parameter instanceof AddIncomingStreams more) {
        answer(more.requestSequence(), () -> addOutgoing(more));
      } else if (parameter instanceof SsnTsnReset reset) {
        answer(reset.requestSequence(), () -> Response.DENIED);
      }
    }
  }

  private void onResponse(Response answer, TransmissionControlBlock block, long nowNs) {
    ReConfigParameter current = request;
    if (current == null || answer.responseSequence() != requestSequence) {
      return;
    }
    block.onProgress(nowNs);
    // RFC 6525 section 4.4: "In progress", and a request of the peer that must end first, are no
    // answer yet; the request goes out again when the timer expires.
    if (answer.result() == Response.IN_PROGRESS
        || answer.result() == Response.REQUEST_IN_PROGRESS) {
      requestDue = false;
      timer.start(nowNs, endpoint.rto().rtoNs());
      return;
    }
    request = null;
    requestDue = false;
    timer.stop();
    mayBeSettled = true;
    boolean performed =
        answer.result() == Response.PERFORMED || answer.result() == Response.NOTHING_TO_DO;
    if (current instanceof OutgoingSsnReset reset) {
      finish(reset.streamIds(), performed);
    } else if (current instanceof AddOutgoingStreams more && performed) {
      endpoint.addOutboundStreams(more.newStreams());
    }
  }

  /** What a request of the peer asks for; says the result. */
  private interface Request {
    long perform();
  }

  /** RFC 6525 section 5.2.1: a request is performed once, and answered whenever it comes again. */
  private void answer(long sequence, Request asked) {
    if (sequence == expectedSequence) {
      expectedSequence = next(expectedSequence);
      lastResult = asked.perform();
    } else if (sequence != previous(expectedSequence)) {
      respond(new Response(sequence, Response.BAD_SEQUENCE_NUMBER));
      return;
    } else if (lastResult == Response.IN_PROGRESS && !deferred) {
      lastResult = Response.PERFORMED;
    }
    respond(new Response(sequence, lastResult));
  }

  private void respond(Response response) {
    if (responses.size() < MAX_RESPONSES) {
      responses.add(response);
    }
  }

  private long resetIncoming(OutgoingSsnReset reset, TransmissionControlBlock block) {
    for (int id : reset.streamIds()) {
      if (id >= endpoint.inboundStreams()) {
        return Response.WRONG_SSN;
      }
    }
    deferred = !block.reassembly().resetStreams(reset.streamIds(), reset.lastTsn());
    return deferred ? Response.IN_PROGRESS : Response.PERFORMED;
  }

  /** The peer's request was performed, at once or when the data before it had come. */
  void onIncomingPerformed(int[] streamIds) {
    deferred = false;
    endpoint.events().incomingReset(streamIds);
  }

  /** RFC 6525 section 5.2.3: our own request follows, which bears this sequence number. */
  private long resetOutgoing(IncomingSsnReset reset) {
    int[] ids = reset.streamIds();
    if (ids.length == 0 || Arrays.stream(ids).anyMatch(id -> id >= endpoint.outboundStreams())) {
      return ids.length == 0 ? Response.DENIED : Response.WRONG_SSN;
    }
    reset(ids);
    return Response.PERFORMED;
  }

  private long addIncoming(AddOutgoingStreams more) {
    if (endpoint.inboundStreams() + more.newStreams() > MAX_STREAMS) {
      return Response.DENIED;
    }
    endpoint.addInboundStreams(more.newStreams());
    return Response.PERFORMED;
  }

  /** RFC 6525 section 5.2.6: our own request to add them follows. */
  private long addOutgoing(AddIncomingStreams more) {
    if (endpoint.outboundStreams() + streamsToAdd + more.newStreams() > MAX_STREAMS) {
      return Response.DENIED;
    }
    streamsToAdd += more.newStreams();
    return Response.PERFORMED;
  }

  private static long next(long sequence) {
    return SerialNumber.wrap32(sequence + 1);
  }

  private static long previous(long sequence) {
    return SerialNumber.wrap32(sequence - 1);
  }
}
