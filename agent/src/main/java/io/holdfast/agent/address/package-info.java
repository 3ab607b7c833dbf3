/// Where our address can be learnt, and what kind of address it is.
///
/// Knows interfaces, routes, files, commands and address echoes. Does not know providers, nor what
/// was sent to anybody.
@NullMarked
package io.holdfast.agent.address;

import org.jspecify.annotations.NullMarked;
