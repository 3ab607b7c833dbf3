/// The service as a whole: its configuration, and the one place that builds it from its parts.
///
/// Knows every package below it and in which order they start and stop. Decides nothing about
/// updates, answers or rows itself.
@NullMarked
package io.holdfast.service;

import org.jspecify.annotations.NullMarked;
