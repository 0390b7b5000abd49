/*
 * An SCTP peer on usrsctp. One datagram is one SCTP packet, as DTLS carries it in WebRTC.
 *
 * build: gcc -Wall -Werror peer.c -lusrsctp -lpthread
 * usage: peer listen|connect UDP_PORT_OF_THE_OTHER
 *
 * It prints its own UDP port first and then what happens, sends each message back as it came, and
 * resets its side of a stream that the other has reset. Lines of input: "send STREAM BYTES
 * ordered|unordered" (each byte is STREAM), "reset STREAM", "shutdown". It ends with its input.
 */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <usrsctp.h>

#define SCTP_PORT 5000
#define PPID_BINARY 53
#define MAX_MESSAGE (256 * 1024)

static int udp;
static struct socket *association;

static void say(const char *what, unsigned int value) {
  printf("%s %u\n", what, value);
  fflush(stdout);
}

static void check(int result, const char *what) {
  if (result < 0) {
    perror(what);
    exit(1);
  }
}

/* usrsctp has a packet for the network. */
static int send_packet(void *address, void *packet, size_t length, uint8_t tos, uint8_t df) {
  (void)address, (void)tos, (void)df;
  return send(udp, packet, length, 0) < 0 ? 1 : 0;
}

/* The network has packets for usrsctp. */
static void *read_packets(void *unused) {
  static char packet[65536];
  for (;;) {
    ssize_t length = recv(udp, packet, sizeof packet, 0);
    if (length >= 0) usrsctp_conninput(&udp, packet, length, 0);
  }
  return unused;
}

static void send_message(const void *data, size_t length, unsigned int stream, uint32_t ppid,
                         int unordered) {
  struct sctp_sndinfo info = {.snd_sid = stream, .snd_ppid = ppid, .snd_flags = SCTP_EOR};
  if (unordered) info.snd_flags |= SCTP_UNORDERED;
  check(usrsctp_sendv(association, data, length, NULL, 0, &info, sizeof info, SCTP_SENDV_SNDINFO, 0),
        "send");
}

static void reset_stream(unsigned int stream) {
  size_t length = sizeof(struct sctp_reset_streams) + sizeof(uint16_t);
  struct sctp_reset_streams *reset = calloc(1, length);
  reset->srs_flags = SCTP_STREAM_RESET_OUTGOING;
  reset->srs_number_streams = 1;
  reset->srs_stream_list[0] = stream;
  check(usrsctp_setsockopt(association, IPPROTO_SCTP, SCTP_RESET_STREAMS, reset, length), "reset");
  free(reset);
}

static void on_notification(const union sctp_notification *it) {
  if (it->sn_header.sn_type == SCTP_ASSOC_CHANGE) {
    say("association", it->sn_assoc_change.sac_state);
  } else if (it->sn_header.sn_type == SCTP_STREAM_RESET_EVENT) {
    const struct sctp_stream_reset_event *event = &it->sn_strreset_event;
    size_t streams = (event->strreset_length - sizeof *event) / sizeof(uint16_t);
    int incoming = event->strreset_flags & SCTP_STREAM_RESET_INCOMING_SSN;
    for (size_t i = 0; i < streams; i++) {
      say(incoming ? "incoming reset" : "outgoing reset", event->strreset_stream_list[i]);
      if (incoming) reset_stream(event->strreset_stream_list[i]);
    }
  }
}

static int on_message(struct socket *from, union sctp_sockstore address, void *data, size_t length,
                      struct sctp_rcvinfo info, int flags, void *unused) {
  (void)address, (void)unused;
  association = from; /* accept may return later */
  if (data == NULL) {
    say("closed", 0);
    usrsctp_close(from);
    return 1;
  }
  if (flags & MSG_NOTIFICATION) {
    on_notification(data);
  } else {
    send_message(data, length, info.rcv_sid, info.rcv_ppid, info.rcv_flags & SCTP_UNORDERED);
  }
  free(data);
  return 1;
}

static void option(struct socket *s, int name, const void *value, socklen_t length) {
  check(usrsctp_setsockopt(s, IPPROTO_SCTP, name, value, length), "option");
}

static void set_options(struct socket *s) {
  struct sctp_initmsg init = {.sinit_num_ostreams = 65535, .sinit_max_instreams = 65535};
  struct sctp_assoc_value reset = {SCTP_ALL_ASSOC, SCTP_ENABLE_RESET_STREAM_REQ};
  int on = 1, size = 2 * MAX_MESSAGE, whole = MAX_MESSAGE;
  option(s, SCTP_INITMSG, &init, sizeof init);
  option(s, SCTP_RECVRCVINFO, &on, sizeof on);
  option(s, SCTP_NODELAY, &on, sizeof on);
  option(s, SCTP_ENABLE_STREAM_RESET, &reset, sizeof reset);
  check(usrsctp_setsockopt(s, SOL_SOCKET, SO_SNDBUF, &size, sizeof size), "buffer");
  check(usrsctp_setsockopt(s, SOL_SOCKET, SO_RCVBUF, &size, sizeof size), "buffer");
  option(s, SCTP_PARTIAL_DELIVERY_POINT, &whole, sizeof whole); /* messages come in one piece */
  for (int i = 0; i < 2; i++) {
    struct sctp_event event = {.se_assoc_id = SCTP_ALL_ASSOC, .se_on = 1};
    event.se_type = i == 0 ? SCTP_ASSOC_CHANGE : SCTP_STREAM_RESET_EVENT;
    option(s, SCTP_EVENT, &event, sizeof event);
  }
}

static void open_udp(int other_port) {
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct sockaddr_in other = own;
  socklen_t length = sizeof own;
  other.sin_port = htons(other_port);
  udp = socket(AF_INET, SOCK_DGRAM, 0);
  check(bind(udp, (struct sockaddr *)&own, sizeof own), "bind");
  check(connect(udp, (struct sockaddr *)&other, sizeof other), "connect");
  check(getsockname(udp, (struct sockaddr *)&own, &length), "port");
  say("port", ntohs(own.sin_port));
}

static void obey(const char *line) {
  static char message[MAX_MESSAGE];
  unsigned int stream;
  size_t length;
  char order[10];
  if (sscanf(line, "send %u %zu %9s", &stream, &length, order) == 3 && length <= MAX_MESSAGE) {
    memset(message, stream, length);
    send_message(message, length, stream, htonl(PPID_BINARY), strcmp(order, "unordered") == 0);
  } else if (sscanf(line, "reset %u", &stream) == 1) {
    reset_stream(stream);
  } else if (strncmp(line, "shutdown", 8) == 0) {
    usrsctp_shutdown(association, SHUT_WR);
  }
}

int main(int count, char **arguments) {
  struct sockaddr_conn address = {.sconn_family = AF_CONN, .sconn_port = htons(SCTP_PORT)};
  struct socket *s;
  pthread_t reader;
  char line[100];
  if (count != 3) return 2;
  usrsctp_init(0, send_packet, NULL);
  usrsctp_sysctl_set_sctp_ecn_enable(0);
  usrsctp_register_address(&udp);
  s = usrsctp_socket(AF_CONN, SOCK_STREAM, IPPROTO_SCTP, on_message, NULL, 0, NULL);
  set_options(s);
  address.sconn_addr = &udp;
  check(usrsctp_bind(s, (struct sockaddr *)&address, sizeof address), "sctp bind");
  association = s;
  if (strcmp(arguments[1], "listen") == 0) {
    check(usrsctp_listen(s, 1), "listen");
    open_udp(atoi(arguments[2]));
    pthread_create(&reader, NULL, read_packets, NULL);
    association = usrsctp_accept(s, NULL, NULL);
    set_options(association);
  } else {
    open_udp(atoi(arguments[2]));
    pthread_create(&reader, NULL, read_packets, NULL);
    check(usrsctp_connect(s, (struct sockaddr *)&address, sizeof address), "sctp connect");
  }
  while (fgets(line, sizeof line, stdin) != NULL) obey(line);
  return 0;
}
