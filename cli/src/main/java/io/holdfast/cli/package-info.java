/// The `holdfast` command: reads what a person typed, has the service or the agent do it, and says
/// what became of it.
///
/// Knows options, exit codes and words for people: results on standard output alone, everything
/// else on standard error. Does not know how a zone, a row or a provider works.
@NullMarked
package io.holdfast.cli;

import org.jspecify.annotations.NullMarked;
