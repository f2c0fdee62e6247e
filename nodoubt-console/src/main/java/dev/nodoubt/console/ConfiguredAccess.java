package dev.nodoubt.console;

import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of the properties: what the roles of an authenticated principal give, else what a browser on this machine is
 * given.
 */
final class ConfiguredAccess implements ConsoleAccess {

    /** Tomcat's mark of a request whose address and host it has read from forwarded headers. */
    private static final String FORWARDED = "org.apache.tomcat.request.forwarded";

    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final ConsoleProperties.Access access;

    ConfiguredAccess(ConsoleProperties.Access access) {
        this.access = access;
    }

    @Override
    public Optional<ConsoleUser> user(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        Set<Permission> granted = EnumSet.noneOf(Permission.class);
        if (principal != null) {
            access.roles().forEach((permission, roles) -> {
                if (roles.stream().anyMatch(role -> role.equals("*") || request.isUserInRole(role))) {
                    granted.add(permission);
                }
            });
        }
        if (isLocal(request)) {
            granted.addAll(access.loopback().permissions());
        }
        if (!granted.contains(Permission.VIEW)) {
            return Optional.empty();
        }
        return Optional.of(new ConsoleUser(principal == null ? "loopback" : principal.getName(), granted));
    }

    /**
     * Whether the browser runs on this machine. A proxy on this machine does too, so its marks make a request a stranger's;
     * so does any other host name, with which a page of a stranger could have been resolved to this machine.
     */
    private static boolean isLocal(HttpServletRequest request) {
        HttpServletRequest received = received(request);
        return isLoopback(received.getRemoteAddr())
                && received.getAttribute(FORWARDED) == null
                && received.getHeader("Forwarded") == null
                && received.getHeader("X-Forwarded-For") == null
                && received.getHeader("X-Forwarded-Host") == null
                && LOOPBACK_HOSTS.contains(received.getServerName().toLowerCase(Locale.ROOT));
    }

    /** As the container has it: what a filter makes of forwarded headers is what the sender wants to be. */
    private static HttpServletRequest received(HttpServletRequest request) {
        HttpServletRequest received = request;
        while (received instanceof ServletRequestWrapper wrapper
                && wrapper.getRequest() instanceof HttpServletRequest inner) {
            received = inner;
        }
        return received;
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress(); // a literal address: nothing is looked up
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
