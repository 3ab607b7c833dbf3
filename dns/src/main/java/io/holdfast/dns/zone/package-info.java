/// A zone in memory: names to ready-to-send records; what readers see, how a writer replaces it.
///
/// Knows names and records. Does not know who may change them or why, nor files, sockets, clocks,
/// logs or where the records are kept.
@NullMarked
package io.holdfast.dns.zone;

import org.jspecify.annotations.NullMarked;
