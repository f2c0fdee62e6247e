package dev.nodoubt.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A reverse proxy that asks a site under the site's own name, whatever name the browser asked for. */
final class HostlessProxy implements AutoCloseable {

    private static final List<String> PASSED_ON =
            List.of("Cookie", "Content-Type", "Origin", "Sec-Fetch-Site", "HX-Request", "Accept-Language");
    private static final List<String> PASSED_BACK = List.of("Content-Type", "Set-Cookie", "Location");

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI site;

    private HostlessProxy(HttpServer server, URI site) {
        this.server = server;
        this.site = site;
    }

    static HostlessProxy of(Site site) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HostlessProxy proxy = new HostlessProxy(server, URI.create(site.url("")));
        server.createContext("/", proxy::pass);
        server.start();
        return proxy;
    }

    String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + "/nodoubt" + path;
    }

    private void pass(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(site.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        PASSED_ON.forEach(name -> {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Headers headers = exchange.getResponseHeaders();
            PASSED_BACK.forEach(name -> answer.headers().allValues(name).forEach(value -> headers.add(name, value)));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
