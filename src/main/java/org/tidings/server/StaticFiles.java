package org.tidings.server;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * The files of {@code src/main/webapp}: from {@code webapp/} in the jar, or from the sources when the classes are run
 * where Maven put them, so that a change shows with the next reload.
 *
 * <p>A browser keeps a page but asks each time whether it is still right ({@code ETag}, from the content: files in the
 * jar all have the same time), so nobody sees yesterday's page.
 */
final class StaticFiles extends HttpHandler {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=UTF-8"),
            Map.entry("js", "text/javascript;charset=UTF-8"),
            Map.entry("mjs", "text/javascript;charset=UTF-8"),
            Map.entry("css", "text/css;charset=UTF-8"),
            Map.entry("ts", "text/plain;charset=UTF-8"), // for people: no browser runs a declaration
            Map.entry("txt", "text/plain;charset=UTF-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff2", "font/woff2"));
    private static final int ETAG_BYTES = 12;

    private final Path root;

    StaticFiles(Path root) {
        this.root = root;
    }

    static StaticFiles ofThisProgram() {
        try {
            URI place = StaticFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            Path code = Path.of(place);
            return new StaticFiles(
                    Files.isDirectory(code)
                            ? code.resolve("../../src/main/webapp").normalize()
                            : FileSystems.newFileSystem(code).getPath("webapp"));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException | FileSystemNotFoundException e) {
            throw new StartException("The static files cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!request.getMethod().equals(Method.GET) && !request.getMethod().equals(Method.HEAD)) {
            response.setHeader("Allow", "GET, HEAD");
            say(response, 405, "Only GET and HEAD are allowed here.");
            return;
        }
        Optional<Path> file = file(request.getDecodedRequestURI());
        if (file.isPresent()) {
            send(file.get(), request, response);
        } else {
            say(response, 404, "There is nothing here.");
        }
    }

    private void send(Path file, Request request, Response response) throws IOException {
        byte[] content = Files.readAllBytes(file);
        String etag = etag(content);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", etag);
        String known = request.getHeader("If-None-Match");
        if (known != null && known.contains(etag)) {
            response.setStatus(304);
            return;
        }
        response.setContentType(type(file.getFileName().toString()));
        write(response, content);
    }

    private static void say(Response response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/plain;charset=UTF-8");
        write(response, (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Grizzly leaves the content out when the request is a HEAD. */
    private static void write(Response response, byte[] content) throws IOException {
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private Optional<Path> file(String path) {
        String relative = path.endsWith("/") ? path.substring(1) + "index.html" : path.substring(1);
        try {
            Path file = root.resolve(relative).normalize();
            return isPublic(file) && Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Within the root, and neither hidden nor of those that a servlet container keeps to itself. */
    private boolean isPublic(Path file) {
        if (!file.startsWith(root)) {
            return false;
        }
        for (Path segment : root.relativize(file)) {
            String name = segment.toString().toUpperCase(Locale.ROOT);
            if (name.startsWith(".") || name.equals("WEB-INF") || name.equals("META-INF")) {
                return false;
            }
        }
        return true;
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static String etag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, ETAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
