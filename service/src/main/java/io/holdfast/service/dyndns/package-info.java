/// Updates over HTTP: requests read into intents, and outcomes told in the words of the client's
/// dialect.
///
/// Knows what update clients send and what they make of answers (`hostname`, `myip`, `good`,
/// `nochg`; `domains`, `token`, `OK`, `KO`). Each way of asking is a
/// [io.holdfast.service.dyndns.Dialect], and [io.holdfast.service.dyndns.HttpUpdates] is what they
/// share. Does not know the HTTP server that carried the request, nor zones, rows or clocks: a
/// request arrives as a value, a [Reply] leaves as one, and what happens in between is the
/// [io.holdfast.service.account.Gate]'s and the [io.holdfast.service.change.Door]'s business.
@NullMarked
package io.holdfast.service.dyndns;

import org.jspecify.annotations.NullMarked;
