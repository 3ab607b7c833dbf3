/* send: messages over UDP, so many on their way at the same time, and how long each reply takes.
 *
 *   send PORT FILE SECONDS IN_FLIGHT [RATE]
 *
 * FILE has messages with their lengths before them in two octets; each is sent once, to 127.0.0.1,
 * and again after 2 s without a reply; evenly, RATE of them a second, if that is given and IN_FLIGHT
 * allows it. Prints one line:
 *
 *   rate=N p50=N p99=N noerror=N other=N lost=N
 *
 * replies with NOERROR a second, microseconds, counts. When FILE is used up it ends earlier, and at SIGTERM.
 */
#define _GNU_SOURCE
#include "load.h"
#include <arpa/inet.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LONGEST = 512, EVENTS = 256, AGAIN_SECONDS = 2 };

typedef struct {
    int socket;
    long at; /* in the file; -1: nothing on its way */
    double began, sent;
    int again;
} Place;

static unsigned char *octets;
static long end, next;

static double start, rate; /* 0: as many as IN_FLIGHT allows */
static long begun;
static Place **waiting;    /* for their turn */
static int waiting_count;

static volatile sig_atomic_t stopped;

static void stop(int signal) { stopped = signal; }

static int length_at(long at) { return octets[at] << 8 | octets[at + 1]; }

static void transmit(Place *p, double t) {
    p->sent = t;
    if (send(p->socket, octets + p->at + 2, length_at(p->at), 0) < 0) p->sent = t;
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
    next += 2 + length_at(next);
    p->began = t;
    p->again = 0;
    transmit(p, t);
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
    float *micros = malloc(end / 64 * sizeof *micros);
    int poll = epoll_create1(0);
    waiting = calloc(places, sizeof *waiting);
    rate = count > 5 ? atof(words[5]) : 0;
    start = now();
    for (int i = 0; i < places; i++) {
        Place *p = &place[i];
        p->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        if (p->socket < 0 || connect(p->socket, (void *)&server, sizeof server)) return 2;
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = p};
        epoll_ctl(poll, EPOLL_CTL_ADD, p->socket, &e);
        begin(p, start);
    }
    long good = 0, other = 0, lost = 0, timed = 0;
    double looked = start, t = start;
    unsigned char reply[LONGEST];
    while (!stopped && (t = now()) - start < seconds && next < end) {
        struct epoll_event ready[EVENTS];
        int n = epoll_wait(poll, ready, EVENTS, waiting_count ? 1 : 100);
        t = now();
        while (waiting_count && is_due(t) && next < end) begin(waiting[--waiting_count], t);
        for (int i = 0; i < n; i++) {
            Place *p = ready[i].data.ptr;
            ssize_t got = recv(p->socket, reply, sizeof reply, 0);
            if (got < 12 || p->at < 0 || memcmp(reply, octets + p->at + 2, 2)) continue;
            if ((reply[3] & 15) == 0) good++; else other++;
            micros[timed++] = (float)((t - p->began) * 1e6);
            begin(p, t);
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
