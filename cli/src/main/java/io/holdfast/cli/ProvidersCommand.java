package io.holdfast.cli;

import io.holdfast.agent.provider.Catalogue;
import io.holdfast.agent.provider.ProviderFacts;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `holdfast providers`: whom the agent can tell.
@Command(
        name = "providers",
        description = "Prints whom the agent can tell, or one provider's settings.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class ProvidersCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "One of them.")
    private @Nullable String id;

    @Override
    public Integer call() throws CannotException {
        Catalogue catalogue = Catalogue.load();
        PrintWriter out = spec.commandLine().getOut();
        if (id == null) {
            catalogue.all().forEach(one -> out.printf("%-16s %s%n", one.id(), one.title()));
            return 0;
        }
        try {
            show(catalogue.get(id), out);
            return 0;
        } catch (IllegalArgumentException unknown) {
            throw new CannotException(String.valueOf(unknown.getMessage()), unknown);
        }
    }

    private static void show(ProviderFacts one, PrintWriter out) {
        out.println(one.title());
        out.println("  provider       " + one.id());
        out.println("  server         " + one.server().map(URI::toString).orElse("yours to name"));
        out.println("  path           " + one.path());
        out.println("  protocol       " + one.protocol().name().toLowerCase(Locale.ROOT));
        out.println("  documentation  " + one.documentation());
    }
}
