/// The whole system as its users meet it: the packaged distribution, real clients, real name
/// servers' tools, real DHCP, in network namespaces made for the test.
///
/// Knows the contract of the command line and the wire. Does not call into the code it tests.
@NullMarked
package io.holdfast.e2e;

import org.jspecify.annotations.NullMarked;
