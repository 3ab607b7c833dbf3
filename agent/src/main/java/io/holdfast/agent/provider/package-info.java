/// Updates the addresses of one name at one provider, and understands what it answers.
///
/// Knows the providers' protocols and their words. Does not know where addresses come from, what
/// was sent before, or when to try again: a reply carries the provider's wish for a pause, and
/// [io.holdfast.agent.round] keeps it.
@NullMarked
package io.holdfast.agent.provider;

import org.jspecify.annotations.NullMarked;
