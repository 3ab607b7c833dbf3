package io.holdfast.cli;

import io.holdfast.config.Durations;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A duration among the arguments; another text is wrong usage. The service reads it once more.
class DurationConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        try {
            Durations.parse(text);
            return text;
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(String.valueOf(wrong.getMessage()));
        }
    }

    /// Also a bare number, which is one of seconds, and `default`.
    static final class OrDefault extends DurationConverter {
        @Override
        public String convert(String text) {
            boolean isOther = text.matches("default|zone|[0-9]{1,9}");
            return isOther ? text : super.convert(text);
        }
    }
}
