package io.holdfast.service.admin;

import io.holdfast.config.Durations;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.Issued;
import java.time.Duration;

/// Secrets that a person chose are taken as they are, with a warning where they can be guessed.
final class GivenSecrets {
    /// Sixteen characters that a person made up resist guessing over a network.
    private static final int SHORT = 16;

    private GivenSecrets() {}

    /// The longest that a former secret stays good, if the person says nothing.
    private static final Duration USUAL_OVERLAP = Duration.ofDays(7);

    static Duration overlap(Request request) throws AdministrationException {
        try {
            return request.detail(Detail.OVERLAP).map(Durations::parse).orElse(USUAL_OVERLAP);
        } catch (IllegalArgumentException wrong) {
            throw new AdministrationException(Kind.INVALID, "--overlap: " + wrong.getMessage());
        }
    }

    /// Tells a new secret, and what becomes of the one before.
    static void tellChanged(Issued issued, Request request, Answer answer)
            throws AdministrationException {
        warnIfShort(issued, answer);
        answer.result(issued.name() + " " + issued.secret());
        answer.remark(
                overlap(request).isZero()
                        ? "the old one is refused from now on"
                        : "the old one stays good until this one is used, at most for "
                                + OperatorText.duration(overlap(request)));
    }

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
