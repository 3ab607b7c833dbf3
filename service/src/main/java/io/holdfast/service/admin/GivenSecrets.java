package io.holdfast.service.admin;

import io.holdfast.service.change.Issued;

/// Secrets that a person chose are taken as they are, with a warning where they can be guessed.
final class GivenSecrets {
    /// Sixteen characters that a person made up resist guessing over a network.
    private static final int SHORT = 16;

    private GivenSecrets() {}

    static void warnIfShort(Issued issued, Answer answer) {
        if (!issued.generated() && issued.secret().length() < SHORT) {
            answer.remark(
                    "warning: the secret of "
                            + issued.name()
                            + " has only "
                            + issued.secret().length()
                            + " characters; "
                            + SHORT
                            + " or more resist guessing, and leaving it out makes a strong one");
        }
    }
}
