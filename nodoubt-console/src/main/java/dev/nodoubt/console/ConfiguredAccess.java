package dev.nodoubt.console;

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
        return isLoopback(request.getRemoteAddr())
                && request.getHeader("Forwarded") == null
                && request.getHeader("X-Forwarded-For") == null
                && request.getHeader("X-Forwarded-Host") == null
                && LOOPBACK_HOSTS.contains(request.getServerName().toLowerCase(Locale.ROOT));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress(); // a literal address: nothing is looked up
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
