/// Tells one provider which addresses one name has now, and understands what it answers.
///
/// Knows the providers' protocols and their words. Does not know where addresses come from, what
/// was told before, or when to try again: a reply carries the provider's wish for a pause, and
/// [io.holdfast.agent.round] keeps it.
@NullMarked
package io.holdfast.agent.provider;

import org.jspecify.annotations.NullMarked;
