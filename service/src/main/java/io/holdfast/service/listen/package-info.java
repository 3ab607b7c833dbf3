/// DNS sockets and their threads: UDP and TCP on the same port.
///
/// Knows how queries arrive and replies leave, and what one client may take of us. Does not know
/// what a query asks: that is the answerer's. Does not know accounts, hosts or the store.
@NullMarked
package io.holdfast.service.listen;

import org.jspecify.annotations.NullMarked;
