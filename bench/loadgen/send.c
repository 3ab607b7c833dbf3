/* send: messages over UDP, so many on their way at the same time, and how long each reply takes.
 *
 *   send PORT FILE SECONDS IN_FLIGHT [RATE]
 *
 * FILE has messages with their lengths before them in two octets, IDs one after the other; each is sent
 * once, to 127.0.0.1, and again after 2 s without a reply; evenly, RATE of them a second, if that is given
 * and IN_FLIGHT allows it. Prints one line:
 *
 *   rate=N p50=N p99=N noerror=N other=N lost=N
 *
 * replies with NOERROR a second, microseconds, counts. When FILE is used up it ends earlier, and at SIGTERM.
 * It shares the processors with the server, so it takes and sends many at a time, over a few sockets.
 */
#define _GNU_SOURCE
#include "load.h"
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

enum { SOCKETS = 8, LONGEST = 512, BATCH = 32, IDS = 65536, AGAIN_SECONDS = 2 };

typedef struct {
    int socket;
    long at; /* in the file; -1: nothing on its way */
    double began, sent;
    int again;
} Place;

static unsigned char *octets;
static long end, next;
static Place *by_id[IDS];

static double start, rate; /* 0: as many as IN_FLIGHT allows */
static long begun;
static Place **waiting; /* for their turn */
static int waiting_count;

static struct pollfd sockets[SOCKETS];

/* What is to be sent over one socket. */
static struct {
    struct mmsghdr messages[BATCH];
    struct iovec parts[BATCH];
    int count;
} outgoing[SOCKETS];

static long good, other, lost, timed;
static float *micros;

static volatile sig_atomic_t stopped;

static void stop(int signal) { stopped = signal; }

static int number_at(const unsigned char *p) { return p[0] << 8 | p[1]; }

static int id_at(long at) { return number_at(octets + at + 2); }

/* What the kernel has no room for is as good as lost on the way: it is sent again. */
static void flush(int s) {
    for (int from = 0; from < outgoing[s].count;) {
        int sent = sendmmsg(sockets[s].fd, outgoing[s].messages + from, outgoing[s].count - from, 0);
        from += sent > 0 ? sent : 1;
    }
    outgoing[s].count = 0;
}

static void transmit(Place *p, double t) {
    int i = outgoing[p->socket].count++;
    struct iovec *part = &outgoing[p->socket].parts[i];
    p->sent = t;
    part->iov_base = octets + p->at + 2;
    part->iov_len = number_at(octets + p->at);
    outgoing[p->socket].messages[i].msg_hdr = (struct msghdr){.msg_iov = part, .msg_iovlen = 1};
    if (i + 1 == BATCH) flush(p->socket);
}

static int is_due(double t) { return rate == 0 || begun < (t - start) * rate; }

static void begin(Place *p, double t) {
    p->at = -1;
    if (next >= end) return;
    if (!is_due(t)) {
        waiting[waiting_count++] = p;
        return;
    }
    begun++;
    p->at = next;
    next += 2 + number_at(octets + next);
    p->began = t;
    p->again = 0;
    by_id[id_at(p->at)] = p;
    transmit(p, t);
}

static void take(int s, double t) {
    static unsigned char replies[BATCH][LONGEST];
    static struct iovec parts[BATCH];
    static struct mmsghdr messages[BATCH];
    int got = BATCH;
    while (got == BATCH) {
        for (int i = 0; i < BATCH; i++) {
            parts[i] = (struct iovec){replies[i], LONGEST};
            messages[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
        }
        got = recvmmsg(sockets[s].fd, messages, BATCH, MSG_DONTWAIT, NULL);
        for (int i = 0; i < got; i++) {
            if (messages[i].msg_len < 12) continue;
            int id = number_at(replies[i]);
            Place *p = by_id[id];
            if (!p || p->at < 0 || id_at(p->at) != id || p->socket != s) continue;
            if ((replies[i][3] & 15) == 0) good++; else other++;
            micros[timed++] = (float)((t - p->began) * 1e6);
            begin(p, t);
        }
    }
}

static int by_value(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void load(const char *name) {
    FILE *f = fopen(name, "rb");
    if (!f || fseek(f, 0, SEEK_END)) exit(2);
    end = ftell(f);
    rewind(f);
    octets = malloc(end);
    if (!octets || fread(octets, 1, end, f) != (size_t)end) exit(2);
    fclose(f);
}

int main(int count, char **words) {
    if (count < 5 || count > 6) return 2;
    struct sockaddr_in server = {.sin_family = AF_INET,
                                 .sin_port = htons(atoi(words[1])),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    signal(SIGTERM, stop);
    load(words[2]);
    double seconds = atof(words[3]);
    int places = atoi(words[4]);
    Place *place = calloc(places, sizeof *place);
    micros = malloc(end / 64 * sizeof *micros);
    waiting = calloc(places, sizeof *waiting);
    rate = count > 5 ? atof(words[5]) : 0;
    for (int s = 0; s < SOCKETS; s++) {
        sockets[s].events = POLLIN;
        sockets[s].fd = socket(AF_INET, SOCK_DGRAM, 0);
        if (sockets[s].fd < 0 || connect(sockets[s].fd, (void *)&server, sizeof server)) return 2;
    }
    start = now();
    for (int i = 0; i < places; i++) {
        place[i].socket = i % SOCKETS;
        begin(&place[i], start);
    }
    double looked = start, t = start;
    while (!stopped && (t = now()) - start < seconds && next < end) {
        for (int s = 0; s < SOCKETS; s++) flush(s);
        poll(sockets, SOCKETS, waiting_count ? 1 : 100);
        t = now();
        while (waiting_count && is_due(t) && next < end) begin(waiting[--waiting_count], t);
        for (int s = 0; s < SOCKETS; s++) {
            if (sockets[s].revents & POLLIN) take(s, t);
        }
        if (t - looked < 0.1) continue;
        looked = t;
        for (int i = 0; i < places; i++) {
            Place *p = &place[i];
            if (p->at < 0 || t - p->sent < AGAIN_SECONDS) continue;
            if (p->again++) { lost++; begin(p, t); } else transmit(p, t);
        }
    }
    qsort(micros, timed, sizeof *micros, by_value);
    printf("rate=%.0f p50=%.0f p99=%.0f noerror=%ld other=%ld lost=%ld\n", good / (t - start),
           timed ? micros[timed / 2] : 0.0, timed ? micros[timed * 99 / 100] : 0.0, good, other, lost);
    return 0;
}
