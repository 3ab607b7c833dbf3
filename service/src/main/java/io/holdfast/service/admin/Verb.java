package io.holdfast.service.admin;

/// What can be asked for. The names travel between processes of different versions: they are never
/// given another meaning.
public enum Verb {
    ACCOUNT_ADD,
    ACCOUNT_LIST,
    ACCOUNT_REMOVE,
    ACCOUNT_KEY,
    HOST_ADD,
    HOST_SHOW,
    HOST_LIST,
    HOST_BLOCK,
    HOST_UNBLOCK,
    HOST_REMOVE,
    HOST_IMPORT,
    HOST_SECRET,
    HOST_SET,
    KEY_ADD,
    KEY_LIST,
    KEY_SHOW,
    KEY_REMOVE,
    ZONE_LIST,
    ZONE_IMPORT,
    ZONE_EXPORT,
    ZONE_RELOAD,
    ZONE_STATUS,
    ZONE_ADD,
    ZONE_REMOVE,
    STATUS,
    EXPLAIN,
    WATCH
}
