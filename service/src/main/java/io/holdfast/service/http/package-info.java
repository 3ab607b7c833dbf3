/// The HTTP front: which addresses it listens on, who the client is behind trusted proxies, and
/// which path goes where.
///
/// Updates and address questions are answered without holding a thread, in front of Javalin, which
/// serves pages. Knows Jetty and Javalin, and bounds for whatever a stranger can make large or
/// slow. Does not know what an update means, and never logs a query or a header: both hold secrets.
@NullMarked
package io.holdfast.service.http;

import org.jspecify.annotations.NullMarked;
