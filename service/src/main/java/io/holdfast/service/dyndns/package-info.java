/// The dyndns2 dialect: an update request read into intent, and outcomes told as return codes.
///
/// Knows what update clients send and what they make of answers (`hostname`, `myip`, `good`,
/// `nochg` and the rest). Does not know the HTTP server that carried the request, nor zones, rows
/// or clocks: a request arrives as a value, a [Reply] leaves as one, and what happens in between is
/// the [io.holdfast.service.account.Gate]'s and the [io.holdfast.service.change.Door]'s business.
@NullMarked
package io.holdfast.service.dyndns;

import org.jspecify.annotations.NullMarked;
