package io.holdfast.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that fetches a page, used in a one-line script as half the world's routers do: the
/// script looks for `good` or `nochg` in what is printed.
///
/// @param words the program with its options; the address of the update follows
record Fetcher(String program, List<String> words) implements UpdateClient {
    static Fetcher curl() {
        return new Fetcher("curl", List.of("curl", "--silent", "--show-error", "--fail"));
    }

    /// Sends credentials only when challenged.
    static Fetcher gnuWget() {
        return new Fetcher("wget", List.of("wget", "--quiet", "--output-document=-"));
    }

    static Fetcher busyboxWget() {
        return new Fetcher("busybox", List.of("busybox", "wget", "-q", "-O", "-"));
    }

    @Override
    public Report update(
            Namespace inside, Path folder, Account account, String host, String address) {
        List<String> command = new ArrayList<>(words);
        command.add(
                "http://%s:%s@127.0.0.1:%d/nic/update?hostname=%s&myip=%s"
                        .formatted(
                                account.user(), account.password(), account.port(), host, address));
        Command.Result result = inside.run(command.toArray(String[]::new));
        String printed = result.output();
        boolean success =
                result.status() == 0 && (printed.startsWith("good") || printed.startsWith("nochg"));
        return new Report(success, printed);
    }

    @Override
    public String toString() {
        return program;
    }
}
