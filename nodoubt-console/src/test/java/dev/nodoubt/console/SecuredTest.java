package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** In an application with Spring Security: its own chain authenticates, roles give permissions, its token is in the forms. */
class SecuredTest {

    private static Site site;
    private static Seeds seeds;

    @BeforeAll
    static void start() {
        site = Site.start(
                Application.class,
                "nodoubt.console.access.loopback=none",
                "nodoubt.console.access.roles.view=OPERATOR,READER",
                "nodoubt.console.access.roles.pause=OPERATOR");
        seeds = site.seeds();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void whoIsNotAuthenticatedIsTheApplicationsToRefuse() {
        assertThat(site.get("").statusCode()).isEqualTo(401);
    }

    @Test
    void roleThatGivesNothingSeesNothing() {
        assertThat(site.get("", "Authorization", basic("stranger")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void rolesGiveWhatThePropertiesSay() {
        String reader = site.get("/targets", "Authorization", basic("reader")).body();
        String operator =
                site.get("/targets", "Authorization", basic("operator")).body();

        assertThat(reader).contains("Signed in as reader").doesNotContain("/pause\"");
        assertThat(operator).contains("Signed in as operator").contains("/pause\"");
        String call = "/calls/" + seeds.key("doubt").value();
        assertThat(site.get(call, "Authorization", basic("operator")).body()).doesNotContain("/fence\"");
    }

    @Test
    void formsCarryTheApplicationsOwnTokenToo() {
        HttpResponse<String> page = site.get("", "Authorization", basic("reader"));
        String own = field(page, Csrf.FIELD);
        String guard = field(page, "_csrf");

        assertThat(prefer(page, Csrf.FIELD + "=" + own + "&_csrf=" + guard)).isEqualTo(303);
        assertThat(prefer(page, Csrf.FIELD + "=" + own)).isIn(401, 403); // by Spring Security
        assertThat(prefer(page, "_csrf=" + guard)).isEqualTo(403); // by the console
    }

    private static int prefer(HttpResponse<String> page, String fields) {
        String cookies = page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.replaceAll(";.*", ""))
                .collect(Collectors.joining("; "));
        return site.send(HttpRequest.newBuilder(URI.create(site.url("/preferences")))
                        .header("Authorization", basic("reader"))
                        .header("Cookie", cookies)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("theme=dark&" + fields))
                        .build())
                .statusCode();
    }

    private static String field(HttpResponse<String> page, String name) {
        Matcher matcher =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(user("operator"), user("reader"), user("stranger"));
        }

        private static UserDetails user(String name) {
            return User.withUsername(name)
                    .password("{noop}secret")
                    .roles(name.toUpperCase(Locale.ROOT))
                    .build();
        }
    }
}
