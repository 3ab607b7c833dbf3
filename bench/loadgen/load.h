/* What the generators have in common: a clock, and DNS queries made before the measurement begins. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    MAX_QUERIES = 1 << 20,
    MAX_QUERY = 96 /* octets; longer names are not for these programs */
};

typedef struct {
    unsigned char octets[MAX_QUERY];
    int length;
} Query;

static inline double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static inline void die(const char *what) {
    perror(what);
    exit(1);
}

static inline unsigned char *put16(unsigned char *p, int value) {
    *p++ = value >> 8;
    *p++ = value & 0xff;
    return p;
}

static inline unsigned char *put_name(unsigned char *p, const char *name) {
    while (*name) {
        const char *dot = strchr(name, '.');
        int length = dot ? (int)(dot - name) : (int)strlen(name);
        *p++ = length;
        memcpy(p, name, length);
        p += length;
        name += length;
        if (*name == '.') name++;
    }
    *p++ = 0;
    return p;
}

static inline void make_query(Query *query, const char *name, const char *type, int edns) {
    unsigned char *p = query->octets;
    p = put16(p, rand() & 0xffff); /* ID */
    p = put16(p, 0);               /* flags: a query, no recursion wanted */
    p = put16(p, 1);               /* QDCOUNT */
    p = put16(p, 0);               /* ANCOUNT */
    p = put16(p, 0);               /* NSCOUNT */
    p = put16(p, edns ? 1 : 0);    /* ARCOUNT */
    p = put_name(p, name);
    p = put16(p, strcmp(type, "AAAA") == 0 ? 28 : 1);
    p = put16(p, 1); /* IN */
    if (edns) {
        *p++ = 0;          /* OPT stands at the root */
        p = put16(p, 41);
        p = put16(p, 1232);
        memset(p, 0, 6);   /* extended RCODE, version, flags, no options */
        p += 6;
    }
    query->length = (int)(p - query->octets);
}

static inline int read_queries(const char *path, int edns, Query *queries) {
    FILE *file = fopen(path, "r");
    char name[256], type[16];
    int count = 0;
    if (!file) die(path);
    while (count < MAX_QUERIES && fscanf(file, "%255s %15s", name, type) == 2) {
        if (strlen(name) + 2 + 12 + 4 + 11 > MAX_QUERY) continue;
        make_query(&queries[count++], name, type, edns);
    }
    fclose(file);
    return count;
}
