/// One name's round: notice, decide, send, remember.
///
/// [Decider] and [EntryChanges] are pure: they read no clock, file, socket or log, and what chance
/// they need is an argument. [Round] carries out what they say. Does not know how many names there
/// are, nor how anything is configured.
@NullMarked
package io.holdfast.agent.round;

import org.jspecify.annotations.NullMarked;
