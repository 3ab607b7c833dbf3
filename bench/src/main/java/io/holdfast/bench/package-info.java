/// Load for measurements from outside, over sockets alone; `bench/run` at the root of the sources
/// starts it.
///
/// Each class is a program in one file that needs only a JDK. Knows what a client of the service
/// knows, and nothing of how Holdfast is made.
@NullMarked
package io.holdfast.bench;

import org.jspecify.annotations.NullMarked;
