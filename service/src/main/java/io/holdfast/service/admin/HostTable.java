package io.holdfast.service.admin;

import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.HostRow;
import io.holdfast.service.host.Addresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Hosts as a table of comma-separated values (RFC 4180) with a header line: `name`, and in any
/// order `secret`, `ipv4`, `ipv6`, `ttl`. An empty field is one that says nothing. Every fault is
/// found, and names file, line and column.
final class HostTable {
    private static final List<String> COLUMNS = List.of("name", "secret", "ipv4", "ipv6", "ttl");

    private final String file;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<HostRow> rows = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private HostTable(String file) {
        this.file = file;
    }

    /// @param file what the person calls it
    /// @throws AdministrationException with every fault
    static List<HostRow> read(String content, String file) throws AdministrationException {
        HostTable table = new HostTable(file);
        CsvLines lines = new CsvLines(content);
        table.header(lines.next());
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            table.row(line.get());
        }
        if (!table.faults.isEmpty()) {
            throw new AdministrationException(Kind.INVALID, table.faults);
        }
        return table.rows;
    }

    private void header(Optional<CsvLines.Line> header) throws AdministrationException {
        List<CsvLines.Field> fields = header.map(CsvLines.Line::fields).orElse(List.of());
        for (int i = 0; i < fields.size(); i++) {
            String column = fields.get(i).text().strip();
            if (!COLUMNS.contains(column) || columns.put(column, i) != null) {
                fault(
                        fields.get(i),
                        "\""
                                + column
                                + "\" is no column, or is there twice; the columns are "
                                + String.join(",", COLUMNS));
            }
        }
        if (!columns.containsKey("name") && faults.isEmpty()) {
            faults.add(
                    OperatorText.place(file, 1, 1)
                            + "the first line must name the columns, as in "
                            + String.join(",", COLUMNS));
        }
        if (!faults.isEmpty()) {
            throw new AdministrationException(Kind.INVALID, faults);
        }
    }

    private void row(CsvLines.Line line) {
        CsvLines.Field first = line.fields().getFirst();
        line.fault().ifPresent(reason -> fault(first, reason));
        if (line.fields().size() > columns.size()) {
            fault(first, "more fields than the first line has columns");
            return;
        }
        Optional<String> name = text(line, "name");
        if (name.isEmpty()) {
            fault(first, "the name is missing");
            return;
        }
        Addresses addresses =
                new Addresses(
                        address(line, "ipv4", Inet4Address.class),
                        address(line, "ipv6", Inet6Address.class));
        String place = file + ":" + first.line() + ":" + field(line, "name").orElse(first).column();
        rows.add(new HostRow(place, name.get(), text(line, "secret"), addresses, ttl(line)));
    }

    private <A extends InetAddress> Optional<A> address(
            CsvLines.Line line, String column, Class<A> family) {
        Optional<String> text = text(line, column);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text.get());
            if (family.isInstance(address)) {
                return Optional.of(family.cast(address));
            }
        } catch (IllegalArgumentException notAnAddress) {
            // the same complaint as for one of the other family
        }
        fault(
                field(line, column).orElseThrow(),
                "\"" + text.get() + "\" is no " + column + " address");
        return Optional.empty();
    }

    private OptionalInt ttl(CsvLines.Line line) {
        Optional<String> text = text(line, "ttl");
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.get()));
        } catch (NumberFormatException notANumber) {
            fault(
                    field(line, "ttl").orElseThrow(),
                    "\"" + text.get() + "\" is no number of seconds");
            return OptionalInt.empty();
        }
    }

    private Optional<CsvLines.Field> field(CsvLines.Line line, String column) {
        Integer at = columns.get(column);
        return at == null || at >= line.fields().size()
                ? Optional.empty()
                : Optional.of(line.fields().get(at));
    }

    /// A secret keeps its blanks; they surround nothing else with a meaning.
    private Optional<String> text(CsvLines.Line line, String column) {
        return field(line, column)
                .map(CsvLines.Field::text)
                .map(text -> column.equals("secret") ? text : text.strip())
                .filter(text -> !text.isEmpty());
    }

    private void fault(CsvLines.Field where, String reason) {
        faults.add(OperatorText.place(file, where.line(), where.column()) + reason);
    }
}
