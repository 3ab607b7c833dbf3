/// The one door: every change of what Holdfast serves is a [ChangeRequest] and ends as an
/// [UpdateOutcome].
///
/// Knows the rules of an update: whose host, which addresses, how often, and that nothing is
/// answered before it is durable and published. Does not know which protocol asked, nor SQL.
@NullMarked
package io.holdfast.service.change;

import org.jspecify.annotations.NullMarked;
