/* ncr: tells Kea's D2 of leases, as kea-dhcp4 does: evenly, so many a second.
 *
 *   ncr PORT add|remove COUNT RATE
 *
 * Lease i of the COUNT is lease<i>.dyn.test at 10.77.x.y, with a DHCID of its own, forward and reverse. Each
 * is a name change request (NCR) in a datagram to 127.0.0.1: its length in two octets, then JSON.
 */
#include "load.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LONGEST = 512 };

static int write_request(char *out, int change, int lease) {
    return snprintf(out, LONGEST,
                    "{\"change-type\":%d,\"forward-change\":true,\"reverse-change\":true,"
                    "\"fqdn\":\"lease%d.dyn.test.\",\"ip-address\":\"10.77.%d.%d\","
                    "\"dhcid\":\"000101%064X\",\"lease-expires-on\":\"20991231235959\","
                    "\"lease-length\":3600,\"use-conflict-resolution\":true}",
                    change, lease, lease / 250 % 256, lease % 250 + 1, lease + 1);
}

int main(int count, char **words) {
    if (count != 5) return 2;
    struct sockaddr_in d2 = {.sin_family = AF_INET,
                             .sin_port = htons(atoi(words[1])),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int change = strcmp(words[2], "add") == 0 ? 0 : 1;
    int leases = atoi(words[3]);
    double rate = atof(words[4]), start = now();
    int out = socket(AF_INET, SOCK_DGRAM, 0);
    if (out < 0 || connect(out, (void *)&d2, sizeof d2)) die("socket");
    for (int i = 0; i < leases; i++) {
        unsigned char datagram[2 + LONGEST];
        double early = start + i / rate - now();
        if (early > 0) usleep((useconds_t)(early * 1e6));
        int length = write_request((char *)datagram + 2, change, i);
        put16(datagram, length);
        if (send(out, datagram, 2 + length, 0) < 0) die("send");
    }
    return 0;
}
