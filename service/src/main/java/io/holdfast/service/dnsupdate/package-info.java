/// What comes to the name server and is signed, or wants to change something: dynamic updates (RFC
/// 2136), signed questions, notifications.
///
/// Checks who asks, turns octets into what is asked, and outcomes into replies. Does not know how a
/// zone is changed, nor what a key permits in it: that is the
/// [io.holdfast.service.change.ZoneDoor]'s business.
@NullMarked
package io.holdfast.service.dnsupdate;

import org.jspecify.annotations.NullMarked;
