/* echo: sends every datagram back with the header of a DNS answer, and does no DNS.
 *
 *   echo PORT BATCH THREADS [EXTRA]
 *
 *   BATCH    datagrams for one system call, 1 to 64
 *   THREADS  each with a socket of its own that shares the port
 *   EXTRA    octets by which a reply is longer than its query; 16, an A record, unless given
 *
 * It does what any name server must do, receive and send, and nothing else: the limit that a machine
 * sets, beside which a server is measured.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { MAX_BATCH = 64, MAX_DATAGRAM = 1500, RECEIVE_BUFFER = 4 << 20 };

static int port, batch, extra = 16;

static int open_socket(void) {
    struct sockaddr_in self = {.sin_family = AF_INET,
                               .sin_port = htons(port),
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1, size = RECEIVE_BUFFER;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    if (bind(fd, (struct sockaddr *)&self, sizeof self)) {
        perror("bind");
        exit(1);
    }
    return fd;
}

static void *serve(void *unused) {
    static __thread unsigned char data[MAX_BATCH][MAX_DATAGRAM];
    struct mmsghdr messages[MAX_BATCH];
    struct iovec parts[MAX_BATCH];
    struct sockaddr_in peers[MAX_BATCH];
    int fd = open_socket();
    memset(messages, 0, sizeof messages);
    for (;;) {
        for (int i = 0; i < batch; i++) {
            parts[i] = (struct iovec){data[i], MAX_DATAGRAM};
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
            messages[i].msg_hdr.msg_name = &peers[i];
            messages[i].msg_hdr.msg_namelen = sizeof peers[i];
        }
        int got = recvmmsg(fd, messages, batch, MSG_WAITFORONE, NULL);
        for (int i = 0; i < got; i++) {
            data[i][2] |= 0x84; /* QR and AA */
            data[i][7] = 1;     /* ANCOUNT */
            parts[i].iov_len = messages[i].msg_len + extra;
        }
        for (int sent = 0; sent < got;) {
            int now_sent = sendmmsg(fd, messages + sent, got - sent, 0);
            if (now_sent <= 0) break;
            sent += now_sent;
        }
    }
    return unused;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "echo PORT BATCH THREADS [EXTRA]\n");
        return 2;
    }
    port = atoi(argv[1]);
    batch = atoi(argv[2]);
    int threads = atoi(argv[3]);
    if (argc > 4) extra = atoi(argv[4]);
    if (batch < 1 || batch > MAX_BATCH) {
        fprintf(stderr, "echo: BATCH is 1 to %d\n", MAX_BATCH);
        return 2;
    }
    for (int i = 1; i < threads; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, serve, NULL);
    }
    serve(NULL);
}
