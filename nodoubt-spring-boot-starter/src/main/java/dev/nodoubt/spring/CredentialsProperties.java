package dev.nodoubt.spring;

import dev.nodoubt.http.Credentials;
import dev.nodoubt.spring.NodoubtProperties.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: a bearer token, or a user and a password. A token that changes, and mTLS, are for an HttpTargetCustomizer.
 *
 * @param bearerToken Token of RFC 6750, sent with each attempt.
 * @param user User of basic authentication, without a colon.
 * @param password Its password.
 */
public record CredentialsProperties(
        @Nullable String bearerToken,
        @Nullable String user,
        @Nullable String password) {

    boolean isConfigured() {
        return bearerToken != null || user != null;
    }

    Credentials credentials(String at) {
        String token = bearerToken;
        Rule.require(token == null || user == null, at, "either bearer-token or user and password", "both");
        Rule.require((user == null) == (password == null), at, "user and password together", "one of them");
        // what is refused is not shown
        return ForeignProperties.refusing(at + (token == null ? "" : ".bearer-token"), () -> {
            if (token != null) {
                new Credentials.Header("Authorization", "Bearer " + token);
                return Credentials.bearer(() -> token);
            }
            return user == null || password == null ? Credentials.NONE : Credentials.basic(user, password);
        });
    }

    @Override
    public String toString() {
        return bearerToken != null ? "a bearer token" : user != null ? "a user and a password" : "none";
    }
}
