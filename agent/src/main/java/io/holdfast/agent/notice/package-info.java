/// Tells people what the agent does, once for each change and not in each round.
///
/// Knows the rounds' steps and how to put them into words. Does not know files, sockets or how
/// anything is decided.
@NullMarked
package io.holdfast.agent.notice;

import org.jspecify.annotations.NullMarked;
