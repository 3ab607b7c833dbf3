/// Octets and texts that nobody sane would send, and what must hold whatever they are. A bounded
/// run with fixed seeds is a test; `bench/run fuzz` runs on for as long as is wanted.
@NullMarked
package io.holdfast.dns.fuzz;

import org.jspecify.annotations.NullMarked;
