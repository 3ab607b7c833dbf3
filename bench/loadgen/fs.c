/* fs: how many small writes a second this disk makes durable, one after the other.
 *
 *   fs MODE SIZE SECONDS PREALLOCATED
 *
 *   MODE          0 fsync after each write, 1 fdatasync, 2 O_DSYNC, 3 nothing
 *   SIZE          octets of a write
 *   PREALLOCATED  1: into a file of 64 MiB that is there already, else the file grows
 *
 * Writes wal.bin in the current folder and removes it. A disk's rate changes from minute to minute:
 * print it beside every figure for durable updates, from the same run.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FSYNC, FDATASYNC, DSYNC, NO_SYNC, MAX_WRITES = 4000000, MIB = 1 << 20, FILE_MIB = 64 };

static const char *const MODE_NAMES[] = {"fsync", "fdatasync", "O_DSYNC", "nosync"};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void must(int done, const char *what) {
    if (!done) {
        perror(what);
        unlink("wal.bin");
        exit(1);
    }
}

int main(int argc, char **argv) {
    if (argc < 5) {
        fprintf(stderr, "fs MODE SIZE SECONDS PREALLOCATED\n");
        return 2;
    }
    int mode = atoi(argv[1]);
    int size = atoi(argv[2]);
    double seconds = atof(argv[3]);
    int preallocated = atoi(argv[4]);
    if (mode < FSYNC || mode > NO_SYNC || size < 1 || size > MIB) {
        fprintf(stderr, "fs: MODE is 0 to 3, SIZE 1 to %d\n", MIB);
        return 2;
    }

    int fd = open("wal.bin", O_RDWR | O_CREAT | O_TRUNC | (mode == DSYNC ? O_DSYNC : 0), 0644);
    must(fd >= 0, "wal.bin");
    if (preallocated) {
        char *zeros = calloc(1, MIB);
        for (int i = 0; i < FILE_MIB; i++) must(write(fd, zeros, MIB) == MIB, "write");
        must(fsync(fd) == 0, "fsync");
        lseek(fd, 0, SEEK_SET);
        free(zeros);
    }

    static double latencies[MAX_WRITES];
    char *data = malloc(size);
    memset(data, 7, size);
    long writes = 0, at = 0;
    double start = now(), t = start;
    while (t - start < seconds && writes < MAX_WRITES) {
        if (preallocated && at + size > (long)(FILE_MIB - 1) * MIB) {
            lseek(fd, 0, SEEK_SET);
            at = 0;
        }
        must(write(fd, data, size) == size, "write");
        at += size;
        if (mode == FSYNC) must(fsync(fd) == 0, "fsync");
        if (mode == FDATASYNC) must(fdatasync(fd) == 0, "fdatasync");
        double end = now();
        latencies[writes++] = end - t;
        t = end;
    }

    qsort(latencies, writes, sizeof *latencies, by_value);
    printf("mode=%s size=%d prealloc=%d: %.0f/s p50=%.0fus p99=%.0fus max=%.0fus\n",
           MODE_NAMES[mode], size, preallocated, writes / (t - start),
           latencies[writes / 2] * 1e6, latencies[writes * 99 / 100] * 1e6,
           latencies[writes - 1] * 1e6);
    unlink("wal.bin");
    return 0;
}
