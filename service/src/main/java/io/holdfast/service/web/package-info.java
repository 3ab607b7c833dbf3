/// Pages for people.
///
/// Knows HTML and what a browser may be allowed. Every page is whole in itself: no script, style or
/// picture comes from elsewhere. Does not know updates, zones or rows; what a page shows is handed
/// to it.
@NullMarked
package io.holdfast.service.web;

import org.jspecify.annotations.NullMarked;
