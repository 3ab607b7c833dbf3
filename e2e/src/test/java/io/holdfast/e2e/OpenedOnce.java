package io.holdfast.e2e;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What a class of tests opens once for all of them. After the last it is closed, what was opened
/// last first; and so it is where the class is skipped or fails half way.
final class OpenedOnce implements AfterAllCallback {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T one) {
        opened.add(one);
        return one;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (!opened.isEmpty()) {
            try (AutoCloseable _ = opened.removeFirst()) { // closed after all that came later
                afterAll(context);
            }
        }
    }
}
