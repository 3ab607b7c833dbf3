/// Dynamic updates (RFC 2136) as values: what a message requires, what it changes, and what both
/// mean for the records of a zone.
///
/// Pure: a zone's records are an argument, the result is values. Does not know who may change what,
/// signatures, sockets or clocks.
@NullMarked
package io.holdfast.dns.update;

import org.jspecify.annotations.NullMarked;
