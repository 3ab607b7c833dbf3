/// Zones on their way to secondary servers: transfers out (RFC 5936, RFC 1995), notifications (RFC
/// 1996), the catalog of zones (RFC 9432), and what is known of each secondary.
///
/// Knows messages, versions of zones and who may have them. Makes no version itself, opens no
/// socket, and reads no clock of its own.
@NullMarked
package io.holdfast.service.transfer;

import org.jspecify.annotations.NullMarked;
