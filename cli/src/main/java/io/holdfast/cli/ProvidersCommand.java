package io.holdfast.cli;

import io.holdfast.agent.provider.Catalogue;
import io.holdfast.agent.provider.ProviderFacts;
import io.holdfast.agent.provider.Setting;
import io.holdfast.service.admin.NaturalOrder;
import io.holdfast.service.admin.Table;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `holdfast providers`: the providers that the agent can update.
@Command(
        name = "providers",
        description = "Prints the providers that the agent can update, or one provider's settings.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class ProvidersCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "One of them.")
    private @Nullable String id;

    @Mixin private JsonOption json = new JsonOption();

    @Override
    public Integer call() throws CommandFailedException {
        Catalogue catalogue = Catalogue.load();
        PrintWriter out = spec.commandLine().getOut();
        if (id == null) {
            list(catalogue.all(), out);
            return 0;
        }
        try {
            ProviderFacts one = catalogue.get(id);
            if (json.isAsked()) {
                out.println(ProviderJson.of(List.of(one)));
            } else {
                show(one, out);
            }
            return 0;
        } catch (IllegalArgumentException unknown) {
            throw new CommandFailedException(String.valueOf(unknown.getMessage()), unknown);
        }
    }

    private void list(List<ProviderFacts> all, PrintWriter out) {
        List<ProviderFacts> sorted =
                all.stream()
                        .sorted(Comparator.comparing(one -> NaturalOrder.key(one.id())))
                        .toList();
        if (json.isAsked()) {
            out.println(ProviderJson.of(sorted));
            return;
        }
        Table table = new Table("PROVIDER", "NAME");
        sorted.forEach(one -> table.row(one.id(), one.title()));
        table.tell(out::println);
    }

    private static void show(ProviderFacts one, PrintWriter out) {
        out.println(one.title());
        out.println("  provider       " + one.id());
        out.println("  server         " + one.server().map(URI::toString).orElse("yours to name"));
        out.println("  path           " + one.path());
        out.println("  protocol       " + one.protocol().name().toLowerCase(Locale.ROOT));
        out.println("  documentation  " + one.documentation());
        out.println();
        Table settings = new Table("SETTING", "REQUIRED", "SECRET", "MEANING");
        for (Setting setting : one.settings()) {
            settings.row(
                    setting.name(),
                    setting.required() ? "yes" : "no",
                    setting.secret() ? "yes" : "no",
                    setting.meaning());
        }
        settings.tell(out::println);
    }
}
