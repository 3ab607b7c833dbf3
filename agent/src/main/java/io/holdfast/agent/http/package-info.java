/// The replies of HTTP/1 servers, read as far as they come.
///
/// Knows octets and their order. Does not know who asked, nor what a status or a body means to
/// them.
@NullMarked
package io.holdfast.agent.http;

import org.jspecify.annotations.NullMarked;
