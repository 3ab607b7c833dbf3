/// Ranges of addresses, and how people write them.
///
/// Knows text. Does not know whose an address is, sockets or DNS.
@NullMarked
package io.holdfast.service.address;

import org.jspecify.annotations.NullMarked;
