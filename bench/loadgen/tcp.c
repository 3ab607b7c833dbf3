/* tcp: as many DNS queries over TCP as the server at 127.0.0.1 answers, and how many that was.
 *
 *   tcp PORT QUERIES SECONDS CONNECTIONS IN_FLIGHT SOURCES
 *
 *   QUERIES      a file with lines "name type", type A or AAAA; at most 2^20 are used
 *   CONNECTIONS  how many at the same time
 *   IN_FLIGHT    how many queries may be without a reply on one of them, at most 64; the connections
 *                stay. 0: connect, ask once, read the reply, close, connect again
 *   SOURCES      how many client addresses, 127.0.1.1 and up, take turns
 *
 * Closed loop: a query is sent when another was answered. A connection without progress for 2 s counts
 * as lost, one that the server ended with queries unanswered as cut; either is replaced. Prints one line
 * of key=value: rate is answers a second without the first fifth of the time, the others are counts.
 */
#define _GNU_SOURCE
#include "load.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 256, MOST_IN_FLIGHT = 64, PREFIX = 2, ROOM = 16384 };

static const double LOST_AFTER_SECONDS = 2, LOOK_EVERY_SECONDS = 0.25, WARM_UP = 0.2;

#ifndef IP_BIND_ADDRESS_NO_PORT
#define IP_BIND_ADDRESS_NO_PORT 24
#endif

typedef struct {
    int fd, source, connecting, outstanding, held; /* held: octets of replies that are not whole yet */
    double heard;                                  /* when it last made progress */
    unsigned char replies[ROOM];
} Connection;

static Query *queries;
static int query_count, next_query, port, in_flight, poll_fd;
static struct { long answered, opened, noerror, nx, other, lost, cut; } counts;

/* Begins to connect; the query goes out once that is done. */
static void open_connection(Connection *c, double t) {
    struct sockaddr_in self = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000101 + c->source)};
    struct sockaddr_in server = {.sin_family = AF_INET,
                                 .sin_port = htons(port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = c};
    int on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0) die("socket");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (bind(c->fd, (struct sockaddr *)&self, sizeof self)) die("bind");
    if (connect(c->fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) die("connect");
    if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &event)) die("epoll_ctl");
    c->connecting = 1;
    c->outstanding = c->held = 0;
    c->heard = t;
    counts.opened++;
}

static void replace(Connection *c, double t) {
    close(c->fd);
    open_connection(c, t);
}

/* Asks until so many are outstanding, with one write. Returns 0 if the connection is broken. */
static int ask(Connection *c) {
    unsigned char out[MOST_IN_FLIGHT * (PREFIX + MAX_QUERY)], *p = out;
    for (int most = in_flight ? in_flight : 1; c->outstanding < most; c->outstanding++) {
        Query *query = &queries[next_query];
        next_query = next_query + 1 == query_count ? 0 : next_query + 1;
        p = put16(p, query->length);
        memcpy(p, query->octets, query->length);
        p += query->length;
    }
    /* What is outstanding is so little that a socket always has room for it. */
    return p == out || send(c->fd, out, p - out, MSG_NOSIGNAL) == p - out;
}

/* Counts the whole replies among what is held. */
static void count_replies(Connection *c) {
    unsigned char *p = c->replies, *end = p + c->held;
    while (end - p >= PREFIX && end - p >= PREFIX + (p[0] << 8 | p[1])) {
        int rcode = p[PREFIX + 3] & 15;
        if (rcode == 0) counts.noerror++;
        else if (rcode == 3) counts.nx++;
        else counts.other++;
        counts.answered++;
        c->outstanding--;
        p += PREFIX + (p[0] << 8 | p[1]);
    }
    c->held = (int)(end - p);
    memmove(c->replies, p, c->held);
}

static void hear(Connection *c, double t) {
    if (c->connecting) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        c->connecting = 0;
        epoll_ctl(poll_fd, EPOLL_CTL_MOD, c->fd, &event);
        if (!ask(c)) {
            counts.cut++;
            replace(c, t);
        }
        return;
    }
    ssize_t got = recv(c->fd, c->replies + c->held, ROOM - c->held, 0);
    if (got <= 0) {
        if (got < 0 && errno == EAGAIN) return;
        counts.cut++;
        replace(c, t);
        return;
    }
    c->heard = t;
    c->held += (int)got;
    count_replies(c);
    if (in_flight == 0 ? c->outstanding == 0 : !ask(c)) {
        counts.cut += in_flight != 0;
        replace(c, t);
    }
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "tcp PORT QUERIES SECONDS CONNECTIONS IN_FLIGHT SOURCES\n");
        return 2;
    }
    port = atoi(argv[1]);
    double seconds = atof(argv[3]);
    int connections = atoi(argv[4]), sources = atoi(argv[6]);
    in_flight = atoi(argv[5]);
    if (connections < 1 || in_flight < 0 || in_flight > MOST_IN_FLIGHT || sources < 1 || sources > 200) {
        fprintf(stderr, "tcp: at least one connection, 0 to %d in flight, 1 to 200 sources\n", MOST_IN_FLIGHT);
        return 2;
    }
    queries = malloc(sizeof *queries * MAX_QUERIES);
    query_count = read_queries(argv[2], 1, queries);
    if (query_count == 0) {
        fprintf(stderr, "tcp: %s has no query\n", argv[2]);
        return 1;
    }
    poll_fd = epoll_create1(0);
    Connection *all = calloc(connections, sizeof *all);
    double start = now(), looked = start, steady_from = 0, t = start;
    long before_steady = 0;
    for (int i = 0; i < connections; i++) {
        all[i].source = i % sources;
        open_connection(&all[i], start);
    }
    while ((t = now()) - start < seconds) {
        struct epoll_event ready[EVENTS];
        int n = epoll_wait(poll_fd, ready, EVENTS, 100);
        t = now();
        if (steady_from == 0 && t - start >= seconds * WARM_UP) {
            steady_from = t;
            before_steady = counts.answered;
        }
        for (int i = 0; i < n; i++) hear(ready[i].data.ptr, t);
        if (t - looked < LOOK_EVERY_SECONDS) continue;
        looked = t;
        for (int i = 0; i < connections; i++) {
            if (t - all[i].heard < LOST_AFTER_SECONDS) continue;
            counts.lost++;
            replace(&all[i], t);
        }
    }
    printf("rate=%.0f answered=%ld opened=%ld noerror=%ld nx=%ld other=%ld lost=%ld cut=%ld\n",
           (counts.answered - before_steady) / (t - steady_from), counts.answered, counts.opened,
           counts.noerror, counts.nx, counts.other, counts.lost, counts.cut);
    return 0;
}
