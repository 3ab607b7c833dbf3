/// A TOML document read with every fault collected, each with its line and column.
///
/// Knows TOML and positions. Does not know what any setting means: the service and the agent bind
/// their own records, and the checks live in those records' constructors.
@NullMarked
package io.holdfast.config;

import org.jspecify.annotations.NullMarked;
