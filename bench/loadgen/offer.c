/* offer: DNS messages over UDP at a given rate, answered or not, and what came of those of each moment.
 *
 *   offer PORT KIND FILE SOCKETS RATE:SECONDS...
 *
 *   KIND     questions: FILE has lines "name type"; those whose name begins with x do not exist
 *            updates: FILE has messages with their lengths before them in two octets; each is sent once
 *            junk: the same, again and again
 *   SOCKETS  how many client sockets (source ports), 1 to 64
 *   RATE     messages a second, for so many seconds; then the next, without a pause
 *
 * Open loop: nothing waits for a reply. Each message has an ID of its own on its socket; what it was and
 * when it was sent is known by that until its reply comes. Prints a line for each RATE:
 *
 *   offered=N sent=N answered=N refused=N wrong=N unknown=N p50=N p99=N whole=N
 *
 * a second: offered, sent, answered as it must be (NOERROR with an answer, NXDOMAIN; an update NOERROR);
 * in all: refused (SERVFAIL or REFUSED), wrong (anything else), unknown (a reply that nothing sent now waits
 * for); microseconds to an answer; and how many milliseconds after its beginning every message sent was
 * answered, until its end: -1 if there was no such moment.
 */
#define _GNU_SOURCE
#include "load.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum {
    BATCH = 16, /* messages sent by one system call, if so many are due and of one length */
    TAKE = 64,
    MAX_SOCKETS = 64,
    IDS = 1 << 16,
    LONGEST = 512,
    RECEIVE_BUFFER = 8 << 20,
    SLICE_MILLIS = 10, /* messages of one slice of time are counted together */
    MAX_SLICES = 60000,
    MAX_PHASES = 8,
    DELAYS = 1 << 20, /* one for each 10 us */
    DELAY_MICROS = 10
};

static const double LAST_REPLIES_SECONDS = 1;

typedef struct {
    double at; /* when it was sent; 0: nothing waits for a reply */
    int phase, slice, nxdomain;
} Sent;

typedef struct {
    double rate, from, to;
    long sent, answered, refused, wrong;
    unsigned *delays;
} Phase;

typedef struct {
    const unsigned char *octets;
    int length, nxdomain;
} Message;

static Message *messages;
static long count, next_message;
static int repeat, sockets, phases;
static int fds[MAX_SOCKETS];
static unsigned short ids[MAX_SOCKETS];
static Sent *waiting[MAX_SOCKETS];
static Phase phase[MAX_PHASES];
static struct { int sent, answered; } slices[MAX_SLICES];
static long unknown;

static int by_length(const void *a, const void *b) {
    return ((const Query *)a)->length - ((const Query *)b)->length;
}

/* In random order, but those that can travel together, because they are equally long, do. */
static void load_questions(const char *path) {
    Query *queries = malloc(sizeof *queries * MAX_QUERIES);
    int *order = malloc(sizeof *order * MAX_QUERIES);
    int all = read_queries(path, 1, queries), groups = all / BATCH;
    qsort(queries, all, sizeof *queries, by_length);
    for (int i = 0; i < groups; i++) order[i] = i;
    for (int i = groups - 1; i > 0; i--) {
        int j = rand() % (i + 1), swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
    }
    messages = malloc(sizeof *messages * MAX_QUERIES);
    for (int i = 0; i < groups; i++) {
        for (int j = 0; j < BATCH; j++) {
            Query *query = &queries[order[i] * BATCH + j];
            messages[count++] = (Message){query->octets, query->length, query->octets[13] == 'x'};
        }
    }
    repeat = 1;
}

static void load_updates(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) die(path);
    long size = ftell(file);
    unsigned char *octets = malloc(size);
    rewind(file);
    if (fread(octets, 1, size, file) != (size_t)size) die(path);
    fclose(file);
    messages = malloc(sizeof *messages * (size / 32));
    for (long at = 0; at < size; at += 2 + (octets[at] << 8 | octets[at + 1]))
        messages[count++] = (Message){octets + at + 2, octets[at] << 8 | octets[at + 1], 0};
}

static int open_socket(int port) {
    struct sockaddr_in server = {.sin_family = AF_INET,
                                 .sin_port = htons(port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int size = RECEIVE_BUFFER, fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (fd < 0) die("socket");
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    if (connect(fd, (struct sockaddr *)&server, sizeof server)) die("connect");
    return fd;
}

static void transmit(int fd, unsigned char *data, int length, int messages_in_it) {
    char control[CMSG_SPACE(sizeof(unsigned short))] = {0};
    struct iovec part = {data, (size_t)length * messages_in_it};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (messages_in_it > 1) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        struct cmsghdr *segment = CMSG_FIRSTHDR(&message);
        segment->cmsg_level = SOL_UDP;
        segment->cmsg_type = UDP_SEGMENT;
        segment->cmsg_len = CMSG_LEN(sizeof(unsigned short));
        *(unsigned short *)CMSG_DATA(segment) = length;
    }
    sendmsg(fd, &message, 0); /* what the kernel refuses stays without an answer */
}

/* Sends up to `most` messages of one length, by one system call. Returns how many. */
static int send_some(int socket, int most, double t, double start, int current) {
    static unsigned char data[BATCH * LONGEST];
    int length = messages[next_message].length, sent = 0;
    int slice = (int)((t - start) * 1000 / SLICE_MILLIS);
    while (sent < most && sent < BATCH && messages[next_message].length == length) {
        Message *message = &messages[next_message];
        unsigned char *copy = data + sent * length;
        unsigned short id = ids[socket]++;
        memcpy(copy, message->octets, length);
        put16(copy, id);
        waiting[socket][id] = (Sent){t, current, slice, message->nxdomain};
        sent++;
        if (++next_message == count) {
            if (!repeat) break;
            next_message = 0;
        }
    }
    slices[slice].sent += sent;
    phase[current].sent += sent;
    transmit(fds[socket], data, length, sent);
    return sent;
}

static void take_reply(int socket, const unsigned char *reply, int length, double t) {
    Sent *sent = length < 12 ? NULL : &waiting[socket][reply[0] << 8 | reply[1]];
    if (!sent || sent->at == 0) {
        unknown++;
        return;
    }
    Phase *its = &phase[sent->phase];
    int rcode = reply[3] & 15, update = (reply[2] >> 3 & 15) == 5;
    if (rcode == (sent->nxdomain ? 3 : 0) && (update || sent->nxdomain == (reply[7] == 0))) {
        long delay = (long)((t - sent->at) * 1e6) / DELAY_MICROS;
        its->answered++;
        its->delays[delay < DELAYS ? delay : DELAYS - 1]++;
        slices[sent->slice].answered++;
    } else if (rcode == 2 || rcode == 5) {
        its->refused++;
    } else {
        its->wrong++;
    }
    sent->at = 0;
}

static int receive(int socket, double t) {
    static unsigned char replies[TAKE][LONGEST];
    static struct mmsghdr headers[TAKE];
    static struct iovec parts[TAKE];
    for (int i = 0; i < TAKE && !headers[i].msg_hdr.msg_iov; i++) { /* the first time only */
        parts[i] = (struct iovec){replies[i], LONGEST};
        headers[i].msg_hdr.msg_iov = &parts[i];
        headers[i].msg_hdr.msg_iovlen = 1;
    }
    int got = recvmmsg(fds[socket], headers, TAKE, MSG_DONTWAIT, NULL);
    for (int i = 0; i < got; i++) take_reply(socket, replies[i], headers[i].msg_len, t);
    return got;
}

static int receive_all(double t) {
    int all = 0;
    for (int i = 0; i < sockets; i++) {
        int got = receive(i, t);
        if (got > 0) all += got;
    }
    return all;
}

/* Microseconds that this share of the answers took less than. */
static long percentile(const Phase *p, double share) {
    long seen = 0, wanted = (long)(p->answered * share), i = 0;
    while (i < DELAYS - 1 && (seen += p->delays[i]) <= wanted) i++;
    return i * DELAY_MICROS;
}

/* From when on every slice was answered whole, in milliseconds since the phase began. */
static long whole_after(const Phase *p) {
    int first = (int)(p->from * 1000 / SLICE_MILLIS), last = (int)(p->to * 1000 / SLICE_MILLIS) - 1, i = last;
    while (i >= first && slices[i].answered == slices[i].sent) i--;
    return i == last ? -1 : (long)(i + 1 - first) * SLICE_MILLIS;
}

static void print_phase(const Phase *p) {
    double seconds = p->to - p->from;
    printf("offered=%.0f sent=%.0f answered=%.0f refused=%ld wrong=%ld unknown=%ld p50=%ld p99=%ld whole=%ld\n",
           p->rate, p->sent / seconds, p->answered / seconds, p->refused, p->wrong, unknown,
           percentile(p, 0.5), percentile(p, 0.99), whole_after(p));
}

int main(int argc, char **argv) {
    if (argc < 6 || argc > 5 + MAX_PHASES) {
        fprintf(stderr, "offer PORT KIND FILE SOCKETS RATE:SECONDS...\n");
        return 2;
    }
    srand(7);
    if (strcmp(argv[2], "questions") == 0) load_questions(argv[3]);
    else load_updates(argv[3]);
    if (strcmp(argv[2], "junk") == 0) repeat = 1;
    sockets = atoi(argv[4]);
    if (count == 0 || sockets < 1 || sockets > MAX_SOCKETS) {
        fprintf(stderr, "offer: messages in FILE, and 1 to %d sockets\n", MAX_SOCKETS);
        return 2;
    }
    for (int i = 0; i < sockets; i++) {
        fds[i] = open_socket(atoi(argv[1]));
        waiting[i] = calloc(IDS, sizeof(Sent));
    }
    double end = 0;
    for (int i = 5; i < argc; i++) {
        Phase *p = &phase[phases++];
        double seconds = 0;
        if (sscanf(argv[i], "%lf:%lf", &p->rate, &seconds) != 2) return 2;
        p->from = end;
        p->to = end += seconds;
        p->delays = calloc(DELAYS, sizeof(unsigned));
    }
    if (end * 1000 / SLICE_MILLIS >= MAX_SLICES - 1) {
        fprintf(stderr, "offer: at most %d s\n", MAX_SLICES * SLICE_MILLIS / 1000 - 1);
        return 2;
    }
    double start = now(), t = start;
    int socket = 0, current = 0;
    while ((t = now()) - start < end && next_message < count) {
        while (t - start >= phase[current].to) current++;
        Phase *p = &phase[current];
        long due = (long)((t - start - p->from) * p->rate) - p->sent;
        int got = receive_all(t);
        if (due > 0) {
            send_some(socket, due < BATCH ? (int)due : BATCH, t, start, current);
            socket = socket + 1 == sockets ? 0 : socket + 1;
        } else if (got == 0) {
            usleep(50);
        }
    }
    for (double last = now(); now() - last < LAST_REPLIES_SECONDS;) {
        if (receive_all(now()) == 0) usleep(50);
    }
    for (int i = 0; i < phases; i++) print_phase(&phase[i]);
    return 0;
}
