/// The nouns of DNS: names, types, codes and records, as values.
///
/// Knows the wire format of RFC 1035 and the open registries of IANA. Does not know zones, sockets,
/// files, clocks or logs.
@NullMarked
package io.holdfast.dns;

import org.jspecify.annotations.NullMarked;
