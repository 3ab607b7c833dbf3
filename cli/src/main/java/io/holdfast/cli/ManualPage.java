package io.holdfast.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual page of a command, as `man` reads it (man(7)), made of what `--help` is made of.
final class ManualPage {
    private final CommandLine command;
    private final StringBuilder text = new StringBuilder();

    private ManualPage(CommandLine command) {
        this.command = command;
    }

    /// `holdfast-host-add`.
    static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    static String of(CommandLine command, String version) {
        return new ManualPage(command).write(version);
    }

    private String write(String version) {
        CommandSpec spec = command.getCommandSpec();
        String[] description = spec.usageMessage().description();
        String title = name(command).toUpperCase(Locale.ROOT);
        line(".TH \"" + title + "\" 1 \"\" \"" + version + "\" \"Holdfast\"");
        section("NAME");
        line(
                escaped(name(command))
                        + " \\- "
                        + plain(description.length == 0 ? "" : description[0]));
        section("SYNOPSIS");
        Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
        String synopsis = help.synopsis(0).strip().replaceAll("\\s+", " ");
        line(escaped(synopsis));
        section("DESCRIPTION");
        for (int i = 0; i < description.length; i++) {
            if (i > 0) {
                line(".PP");
            }
            line(plain(description[i]));
        }
        arguments(spec);
        commands();
        section("EXIT STATUS");
        line("0 done, 1 could not be done, 2 wrong usage or configuration.");
        return text.toString();
    }

    private void arguments(CommandSpec spec) {
        List<OptionSpec> options = spec.options().stream().filter(one -> !one.hidden()).toList();
        List<PositionalParamSpec> parameters =
                spec.positionalParameters().stream().filter(one -> !one.hidden()).toList();
        if (!options.isEmpty() || !parameters.isEmpty()) {
            section("OPTIONS");
        }
        parameters.forEach(one -> argument(one.paramLabel(), one));
        for (OptionSpec option : options) {
            String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            argument(String.join(", ", option.names()) + label, option);
        }
    }

    private void argument(String label, ArgSpec argument) {
        line(".TP");
        line("\\fB" + escaped(label) + "\\fR");
        line(plain(String.join(" ", argument.description())));
    }

    private void commands() {
        List<CommandLine> below = visible(command);
        if (below.isEmpty()) {
            return;
        }
        section("COMMANDS");
        for (CommandLine one : below) {
            String[] description = one.getCommandSpec().usageMessage().description();
            line(".TP");
            line("\\fB" + escaped(name(one)) + "\\fR(1)");
            line(plain(description.length == 0 ? "" : description[0]));
        }
    }

    /// The commands below one that people are told of.
    static List<CommandLine> visible(CommandLine command) {
        return command.getSubcommands().values().stream()
                .filter(one -> !one.getCommandSpec().usageMessage().hidden())
                .distinct()
                .collect(Collectors.toList());
    }

    private void section(String heading) {
        line(".SH " + heading);
    }

    private void line(String one) {
        text.append(one).append('\n');
    }

    /// What picocli would format, without its markup.
    private static String plain(String formatted) {
        String plain = Help.Ansi.OFF.string(String.format(formatted));
        String escaped = escaped(plain.replaceAll("\\s+", " ").strip());
        // A line that begins with one of these would be an order to man.
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private static String escaped(String words) {
        return words.replace("\\", "\\e").replace("-", "\\-");
    }
}
