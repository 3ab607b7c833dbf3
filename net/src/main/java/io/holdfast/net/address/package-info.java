/// What an address is, by its bits alone.
///
/// Knows the registries of addresses (IANA). Knows no socket, no interface and no name.
@NullMarked
package io.holdfast.net.address;

import org.jspecify.annotations.NullMarked;
