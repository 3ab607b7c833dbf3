/// `holdfast try`: the whole loop on this machine, with throwaway data, each hop timed.
///
/// Knows the service and the agent as their users meet them, by configuration, administration, HTTP
/// and DNS. Does not reach into either: what it shows is what they do.
@NullMarked
package io.holdfast.cli.trial;

import org.jspecify.annotations.NullMarked;
