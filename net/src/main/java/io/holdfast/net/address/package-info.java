/// What an address is, by its bits alone, and its text.
///
/// Knows the registries of addresses (IANA) and RFC 5952. Knows no socket, no interface and no
/// name.
@NullMarked
package io.holdfast.net.address;

import org.jspecify.annotations.NullMarked;
