package io.holdfast.e2e;

import java.nio.file.Path;

/// An update program that other people wrote, run once in its own folder inside a namespace it
/// cannot leave.
interface UpdateClient {
    /// Where it is to report, as whom.
    record Account(int port, String user, String password) {}

    /// What it made of the answer.
    ///
    /// @param success whether the program believes that the address is published now
    /// @param words everything it said
    record Report(boolean success, String words) {}

    /// The programs to install, by the names of their commands.
    String program();

    /// Makes it report one address for one host, once.
    ///
    /// @param folder empty; for its configuration and its memory
    Report update(Namespace inside, Path folder, Account account, String host, String address);
}
