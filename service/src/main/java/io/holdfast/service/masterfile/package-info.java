/// The operator's master files on disk, and which files they may include.
///
/// Knows folders and places in files. Does not know what is served, nor what becomes of records.
@NullMarked
package io.holdfast.service.masterfile;

import org.jspecify.annotations.NullMarked;
