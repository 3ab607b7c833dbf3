/// Zones as their operator declares them: which policy, and which records beside the hosts.
///
/// Knows records, serials and which addresses a zone lets its hosts have. Does not know how a zone
/// is held for answering, who asks for a change, files, SQL or sockets.
@NullMarked
package io.holdfast.service.zone;

import org.jspecify.annotations.NullMarked;
