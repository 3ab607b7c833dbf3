/// What an operator can have done, and the words that tell what became of it.
///
/// A command speaks to the service that runs on its data folder through a private socket there, or,
/// when none runs, opens the folder and does the same by itself: one
/// [io.holdfast.service.admin.CommandHandler] for both. Knows requests and their answers as lines
/// for people or JSON. Does not know the command line, nor how anything is stored; all it does goes
/// through [io.holdfast.service.change.Registry].
@NullMarked
package io.holdfast.service.admin;

import org.jspecify.annotations.NullMarked;
