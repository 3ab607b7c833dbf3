/// Durable truth: accounts, zones, hosts and what happened to them, in an SQL database.
///
/// Knows SQL, the data folder and what a full disk does. Does not know the rules of an update, who
/// may ask for what, nor DNS answers: it reads everything at start and writes what it is told, one
/// transaction at a time.
@NullMarked
package io.holdfast.service.store;

import org.jspecify.annotations.NullMarked;
