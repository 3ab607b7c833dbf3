/// What was sent to whom, when, and what they said; one small file a name, atomic on disk.
///
/// Knows files and their format. Does not know clocks, sockets or what follows from what it holds:
/// that is [io.holdfast.agent.round]. Never holds a password, only a fingerprint that shows when it
/// changes.
@NullMarked
package io.holdfast.agent.memory;

import org.jspecify.annotations.NullMarked;
