package dev.nodoubt.spring;

import dev.nodoubt.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.GenericHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.SmartHttpMessageConverter;

/** Turns objects into a call's bytes and a reply's bytes into objects, as a {@code RestClient} of the application would. */
final class MessageBodies {

    private final HttpMessageConverters converters;

    MessageBodies(HttpMessageConverters converters) {
        this.converters = converters;
    }

    /** @param mediaType null for what the first converter of such a body writes */
    Payload write(Object body, Type type, @Nullable MediaType mediaType) {
        Written written = new Written();
        try {
            for (HttpMessageConverter<?> converter : converters) {
                if (write(converter, body, type, mediaType, written)) {
                    return written.payload();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no HttpMessageConverter writes a " + type.getTypeName() + " as "
                + (mediaType == null ? "any media type" : mediaType)
                + "; add one (for JSON: spring-boot-starter-jackson), or give the body as a String or bytes");
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a converter that can write it is one of its type
    private static boolean write(
            HttpMessageConverter converter, Object body, Type type, @Nullable MediaType mediaType, Written written)
            throws IOException {
        if (converter instanceof SmartHttpMessageConverter smart) {
            ResolvableType resolvable = ResolvableType.forType(type);
            if (smart.canWrite(resolvable, body.getClass(), mediaType)) {
                smart.write(body, resolvable, mediaType, written, null);
                return true;
            }
        } else if (converter instanceof GenericHttpMessageConverter generic) {
            if (generic.canWrite(type, body.getClass(), mediaType)) {
                generic.write(body, type, mediaType, written);
                return true;
            }
        } else if (converter.canWrite(body.getClass(), mediaType)) {
            converter.write(body, mediaType, written);
            return true;
        }
        return false;
    }

    Object read(Payload payload, Type type) {
        MediaType mediaType = payload.mediaType().isEmpty()
                ? MediaType.APPLICATION_OCTET_STREAM
                : MediaType.parseMediaType(payload.mediaType());
        Stored stored = new Stored(payload, mediaType);
        try {
            for (HttpMessageConverter<?> converter : converters) {
                Object read = read(converter, type, mediaType, stored);
                if (read != null) {
                    return read;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(
                "no HttpMessageConverter reads a reply of " + mediaType + " as " + type.getTypeName());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // as above
    private static @Nullable Object read(
            HttpMessageConverter converter, Type type, MediaType mediaType, HttpInputMessage message)
            throws IOException {
        if (converter instanceof SmartHttpMessageConverter smart) {
            ResolvableType resolvable = ResolvableType.forType(type);
            return smart.canRead(resolvable, mediaType) ? smart.read(resolvable, message, null) : null;
        }
        if (converter instanceof GenericHttpMessageConverter generic) {
            return generic.canRead(type, null, mediaType) ? generic.read(type, null, message) : null;
        }
        return type instanceof Class raw && converter.canRead(raw, mediaType) ? converter.read(raw, message) : null;
    }

    private static final class Written implements HttpOutputMessage {

        private final HttpHeaders headers = new HttpHeaders();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        @Override
        public OutputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        Payload payload() {
            MediaType mediaType = headers.getContentType();
            return Payload.of(body.toByteArray(), mediaType == null ? "" : mediaType.toString());
        }
    }

    private static final class Stored implements HttpInputMessage {

        private final Payload payload;
        private final HttpHeaders headers = new HttpHeaders();

        Stored(Payload payload, MediaType mediaType) {
            this.payload = payload;
            headers.setContentType(mediaType);
            headers.setContentLength(payload.size());
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(payload.bytes());
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
