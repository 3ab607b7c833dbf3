/// What any process needs that is to run for years, the same for the agent and the service: a loop
/// that no fault ends ([io.holdfast.runtime.PerpetualLoop]), a log that strangers cannot fill
/// ([io.holdfast.runtime.RateLimitedLog]), text from outside made safe to print
/// ([io.holdfast.runtime.OutsideText]), and stored times that survive a clock that was set back
/// ([io.holdfast.runtime.StoredTime]).
///
/// Knows nothing of DNS, hosts, providers or files.
@NullMarked
package io.holdfast.runtime;

import org.jspecify.annotations.NullMarked;
