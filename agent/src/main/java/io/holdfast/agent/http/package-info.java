/// HTTP/1 as the agent speaks it: one request on one connection, sent once, and its reply, read as
/// far as it comes.
///
/// Knows octets and their order. Does not know who asked, nor what a status or a body means to
/// them.
@NullMarked
package io.holdfast.agent.http;

import org.jspecify.annotations.NullMarked;
