/* blast: as many DNS queries over UDP as the server at 127.0.0.1 answers, and how many that was.
 *
 *   blast PORT QUERIES SECONDS SOCKETS WINDOW GSO EDNS SPIN
 *
 *   QUERIES  a file with lines "name type", type A or AAAA; at most 2^20 are used
 *   SOCKETS  how many client sockets (source ports), 1 to 64
 *   WINDOW   how many queries may be without a reply on one socket; at least 32
 *   GSO      1: hand 32 queries to the kernel as one segmented datagram (UDP_SEGMENT), which costs the
 *            generator least; only queries of the same length travel together
 *   EDNS     1: with an OPT record that allows replies of 1,232 octets
 *   SPIN     1: never sleep while nothing comes; 0: sleep 0.2 ms then, and take what has come by then at
 *            once, which leaves more of the processor to others and wants a WINDOW of 256
 *
 * Closed loop: a query is sent when another was answered, or after 50 ms without any reply, when
 * those outstanding count as lost. Prints one line of key=value; qps leaves out the first fifth of the
 * time, avg does not.
 */
#define _GNU_SOURCE
#include "load.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum {
    BATCH = 32,          /* queries sent by one system call */
    TAKE = 2 * BATCH,    /* replies received by one system call */
    MAX_SOCKETS = 64,
    MAX_REPLY = 512,     /* octets kept of a reply; only its header is looked at */
    RECEIVE_BUFFER = 4 << 20
};

static const double LOST_AFTER_SECONDS = 0.05;
static const double WARM_UP = 0.2; /* of the whole time */

typedef struct {
    long sent, received, lost, with_answer, octets;
    long rcode[16];
} Counts;

/* ---- batches ---- */

static int by_length(const void *a, const void *b) {
    return ((const Query *)a)->length - ((const Query *)b)->length;
}

/* Cuts the queries into batches, in random order; returns how many batches there are. With GSO all
 * queries of a batch have the same length. */
static int make_batches(Query *queries, int count, int gso, int *batches) {
    int kept = 0;
    if (gso) qsort(queries, count, sizeof *queries, by_length);
    for (int i = 0; i < count / BATCH; i++) {
        if (!gso || queries[i * BATCH].length == queries[i * BATCH + BATCH - 1].length)
            batches[kept++] = i;
    }
    for (int i = kept - 1; i > 0; i--) {
        int j = rand() % (i + 1), swapped = batches[i];
        batches[i] = batches[j];
        batches[j] = swapped;
    }
    return kept;
}

/* ---- sending and receiving ---- */

static int open_socket(int port) {
    struct sockaddr_in server = {.sin_family = AF_INET,
                                 .sin_port = htons(port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int size = RECEIVE_BUFFER;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) die("socket");
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    if (connect(fd, (struct sockaddr *)&server, sizeof server)) die("connect");
    return fd;
}

/* One datagram that the kernel cuts into BATCH queries. Returns how many were sent. */
static int send_segmented(int fd, const Query *queries) {
    static unsigned char data[BATCH * MAX_QUERY];
    char control[CMSG_SPACE(sizeof(unsigned short))] = {0};
    int length = queries[0].length;
    for (int i = 0; i < BATCH; i++) memcpy(data + i * length, queries[i].octets, length);
    struct iovec part = {data, (size_t)length * BATCH};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof control};
    struct cmsghdr *segment = CMSG_FIRSTHDR(&message);
    segment->cmsg_level = SOL_UDP;
    segment->cmsg_type = UDP_SEGMENT;
    segment->cmsg_len = CMSG_LEN(sizeof(unsigned short));
    *(unsigned short *)CMSG_DATA(segment) = length;
    return sendmsg(fd, &message, 0) > 0 ? BATCH : 0;
}

static int send_batch(int fd, Query *queries) {
    struct mmsghdr messages[BATCH];
    struct iovec parts[BATCH];
    memset(messages, 0, sizeof messages);
    for (int i = 0; i < BATCH; i++) {
        parts[i] = (struct iovec){queries[i].octets, queries[i].length};
        messages[i].msg_hdr.msg_iov = &parts[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    return sendmmsg(fd, messages, BATCH, 0);
}

/* Takes what replies there are, without waiting. Returns how many. */
static int receive(int fd, Counts *counts) {
    static unsigned char replies[TAKE][MAX_REPLY];
    static struct mmsghdr messages[TAKE];
    static struct iovec parts[TAKE];
    for (int i = 0; i < TAKE && !messages[i].msg_hdr.msg_iov; i++) { /* the first time only */
        parts[i] = (struct iovec){replies[i], MAX_REPLY};
        messages[i].msg_hdr.msg_iov = &parts[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    int got = recvmmsg(fd, messages, TAKE, MSG_DONTWAIT, NULL);
    for (int i = 0; i < got; i++) {
        counts->rcode[replies[i][3] & 15]++;
        counts->with_answer += replies[i][7] > 0;
        counts->octets += messages[i].msg_len;
    }
    if (got > 0) counts->received += got;
    return got;
}

int main(int argc, char **argv) {
    if (argc < 9) {
        fprintf(stderr, "blast PORT QUERIES SECONDS SOCKETS WINDOW GSO EDNS SPIN\n");
        return 2;
    }
    int port = atoi(argv[1]);
    double seconds = atof(argv[3]);
    int sockets = atoi(argv[4]);
    int window = atoi(argv[5]);
    int gso = atoi(argv[6]);
    int edns = atoi(argv[7]);
    int spin = atoi(argv[8]);
    if (sockets < 1 || sockets > MAX_SOCKETS || window < BATCH) {
        fprintf(stderr, "blast: SOCKETS is 1 to %d, WINDOW at least %d\n", MAX_SOCKETS, BATCH);
        return 2;
    }

    srand(7);
    Query *queries = malloc(sizeof(Query) * MAX_QUERIES);
    int *batches = malloc(sizeof(int) * (MAX_QUERIES / BATCH));
    int count = read_queries(argv[2], edns, queries);
    int batch_count = make_batches(queries, count, gso, batches);
    if (batch_count == 0) {
        fprintf(stderr, "blast: %s has no %d queries to send together\n", argv[2], BATCH);
        return 1;
    }

    struct pollfd fds[MAX_SOCKETS];
    int outstanding[MAX_SOCKETS] = {0};
    double heard[MAX_SOCKETS]; /* when a socket last made progress */
    Counts counts = {0};
    double start = now(), steady_from = 0;
    long before_steady = 0;
    for (int i = 0; i < sockets; i++) {
        fds[i] = (struct pollfd){open_socket(port), POLLIN, 0};
        heard[i] = start;
    }

    int next = 0;
    for (double t = now(); t - start < seconds; t = now()) {
        int progress = 0;
        if (steady_from == 0 && t - start >= seconds * WARM_UP) {
            steady_from = t;
            before_steady = counts.received;
        }
        for (int i = 0; i < sockets; i++) {
            int got = receive(fds[i].fd, &counts);
            if (got > 0) {
                progress = 1;
                outstanding[i] = outstanding[i] > got ? outstanding[i] - got : 0;
                heard[i] = t;
            } else if (outstanding[i] > 0 && t - heard[i] > LOST_AFTER_SECONDS) {
                counts.lost += outstanding[i];
                outstanding[i] = 0;
                heard[i] = t;
            }
            while (outstanding[i] + BATCH <= window) {
                Query *batch = &queries[batches[next] * BATCH];
                next = next + 1 == batch_count ? 0 : next + 1;
                int sent = gso ? send_segmented(fds[i].fd, batch) : send_batch(fds[i].fd, batch);
                if (sent <= 0) break;
                if (outstanding[i] == 0) heard[i] = t;
                counts.sent += sent;
                outstanding[i] += sent;
                progress = 1;
            }
        }
        if (!progress && !spin) usleep(200);
    }
    double end = now();

    printf("qps=%.0f avg=%.0f sent=%ld got=%ld lost=%ld noerror=%ld nx=%ld refused=%ld servfail=%ld"
           " withans=%ld avgbytes=%.1f\n",
           (counts.received - before_steady) / (end - steady_from),
           counts.received / (end - start), counts.sent, counts.received, counts.lost,
           counts.rcode[0], counts.rcode[3], counts.rcode[5], counts.rcode[2], counts.with_answer,
           counts.received ? (double)counts.octets / counts.received : 0);
    return 0;
}
