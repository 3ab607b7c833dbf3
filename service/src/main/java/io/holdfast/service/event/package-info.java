/// What happened, in order, numbered, once: the vocabulary of the log.
///
/// Knows hosts, accounts, keys and zones as values. Does not know who decided, where it is written,
/// or what memory makes of it.
@NullMarked
package io.holdfast.service.event;

import org.jspecify.annotations.NullMarked;
