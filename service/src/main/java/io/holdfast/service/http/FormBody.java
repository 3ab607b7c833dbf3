package io.holdfast.service.http;

import io.holdfast.service.dyndns.Parameters;
import io.holdfast.service.dyndns.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.Promise;

/// The form in the body of a request, whatever its method: `application/x-www-form-urlencoded`, and
/// `multipart/form-data` as PHP's curl and pfSense send it. What is of another type is not read,
/// and that is said: it may hold the addresses that the client wants.
final class FormBody {
    /// The largest form that is read, in octets.
    static final int MAX = 64 * 1024;

    private static final int MAX_PARTS = 100;
    private static final String URLENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";

    /// What a form begins with. JSON and XML under the name of a form, as curl sends them where
    /// nobody says what they are, begin otherwise.
    private static final Pattern BEGINS_AS_A_FORM =
            Pattern.compile("\\s*|[\\w.:%+\\[\\]&-]+=.*", Pattern.DOTALL);

    private static final Pattern CHARSET =
            Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^;\"\\s]+)");

    /// What became of reading.
    sealed interface Outcome {
        /// @param text the whole body; empty if there is none
        record Read(String text, Parameters form) implements Outcome {}

        record NotRead(Rejection.NotRead why) implements Outcome {}
    }

    private static final Outcome NONE = new Outcome.Read("", Parameters.NONE);

    private FormBody() {}

    /// Reads the body, if there is one. Waits on no thread.
    static CompletableFuture<Outcome> of(Request request) {
        HttpFields headers = request.getHeaders();
        if (!headers.contains(HttpHeader.TRANSFER_ENCODING) && request.getLength() <= 0) {
            return CompletableFuture.completedFuture(NONE);
        }
        Optional<String> objection = objection(headers);
        if (objection.isPresent()) {
            return notRead(Rejection.NotRead.unsupportedBody(objection.get()));
        }
        if (request.getLength() > MAX) {
            return notRead(Rejection.NotRead.tooLarge(MAX));
        }
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(request, MAX, Promise.Invocable.toPromise(body));
        return body.thenApply(octets -> read(octets, headers))
                .exceptionally(thrown -> new Outcome.NotRead(unreadable(thrown)));
    }

    /// A body that ends too early, or is not chunked as it says, or stalls; or is too long.
    private static Rejection.NotRead unreadable(Throwable thrown) {
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            if (one instanceof IOException
                    || one instanceof HttpException
                    || one instanceof TimeoutException) {
                return Rejection.NotRead.malformed("the body is not whole");
            }
        }
        return Rejection.NotRead.tooLarge(MAX);
    }

    private static CompletableFuture<Outcome> notRead(Rejection.NotRead why) {
        return CompletableFuture.completedFuture(new Outcome.NotRead(why));
    }

    private static Optional<String> objection(HttpFields headers) {
        boolean plain =
                headers.getValuesList(HttpHeader.CONTENT_ENCODING).stream()
                        .allMatch(coding -> coding.strip().equalsIgnoreCase("identity"));
        if (!plain) {
            return Optional.of("a body is not read in any Content-Encoding");
        }
        List<String> types =
                headers.getFields(HttpHeader.CONTENT_TYPE).stream()
                        .map(HttpField::getValue)
                        .filter(type -> type != null && !type.isBlank())
                        .distinct()
                        .toList();
        if (types.isEmpty()) {
            return Optional.empty(); // taken for a form, if it looks like one
        }
        Matcher charset = CHARSET.matcher(types.getFirst());
        boolean ascii =
                !charset.find()
                        || List.of("utf-8", "us-ascii", "iso-8859-1")
                                .contains(charset.group(1).toLowerCase(Locale.ROOT));
        boolean form = type(types.getFirst()).equals(URLENCODED) && ascii;
        boolean parts = type(types.getFirst()).equals(MULTIPART);
        return types.size() == 1 && (form || parts)
                ? Optional.empty()
                : Optional.of("a body is read as " + URLENCODED + " or " + MULTIPART + " only");
    }

    private static String type(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static Outcome read(byte[] octets, HttpFields headers) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        String text = new String(octets, StandardCharsets.UTF_8);
        if (type != null && type(type).equals(MULTIPART)) {
            return parts(octets, type)
                    .<Outcome>map(form -> new Outcome.Read(text, form))
                    .orElseGet(() ->
                            new Outcome.NotRead(
                                    Rejection.NotRead.malformed(
                                            "the multipart form is not well-formed")));
        }
        return BEGINS_AS_A_FORM.matcher(text).matches()
                ? new Outcome.Read(text, Parameters.of(text.strip()))
                : new Outcome.NotRead(Rejection.NotRead.unsupportedBody("the body is no form"));
    }

    private static Optional<Parameters> parts(byte[] octets, String type) {
        MultiPartConfig inMemory =
                new MultiPartConfig.Builder()
                        .maxParts(MAX_PARTS)
                        .maxSize(MAX)
                        .maxPartSize(MAX)
                        .maxMemoryPartSize(-1)
                        .useFilesForPartsWithoutFileName(false)
                        .build();
        // Waits for nothing: the whole content is here.
        Content.Source source = Content.Source.from(ByteBuffer.wrap(octets));
        try (MultiPartFormData.Parts parts =
                MultiPartFormData.getParts(source, new Attributes.Mapped(), type, inMemory)) {
            List<Map.Entry<String, String>> fields = new ArrayList<>();
            for (MultiPart.Part part : parts) {
                if (part.getName() == null || part.getFileName() != null || isEncoded(part)) {
                    return Optional.empty(); // an uploaded file is no field
                }
                fields.add(
                        Map.entry(part.getName(), part.getContentAsString(StandardCharsets.UTF_8)));
            }
            return fields.isEmpty() ? Optional.empty() : Optional.of(Parameters.ofFields(fields));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isEncoded(MultiPart.Part part) {
        String encoding = part.getHeaders().get("Content-Transfer-Encoding");
        return encoding != null
                && !List.of("7bit", "8bit", "binary")
                        .contains(encoding.strip().toLowerCase(Locale.ROOT));
    }
}
