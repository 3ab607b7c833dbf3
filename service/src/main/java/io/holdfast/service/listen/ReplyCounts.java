package io.holdfast.service.listen;

import java.util.Arrays;

/// How many replies of which kind one thread gave since it was last asked: read off their headers,
/// so that who answers need not count.
final class ReplyCounts {
    static final int RCODES = 16;

    private static final int TRUNCATED = 0x02;

    /// By the lower four bits of the response code.
    final int[] rcodes = new int[RCODES];

    int truncated;

    void count(byte[] reply) {
        rcodes[reply[3] & (RCODES - 1)]++;
        if ((reply[2] & TRUNCATED) != 0) {
            truncated++;
        }
    }

    void clear() {
        Arrays.fill(rcodes, 0);
        truncated = 0;
    }
}
