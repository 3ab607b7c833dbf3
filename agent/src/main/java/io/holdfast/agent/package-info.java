/// The agent as a whole: its configuration, and the one place that builds it from its parts.
///
/// Knows every package below it. Does not decide anything: that is [io.holdfast.agent.round].
@NullMarked
package io.holdfast.agent;

import org.jspecify.annotations.NullMarked;
