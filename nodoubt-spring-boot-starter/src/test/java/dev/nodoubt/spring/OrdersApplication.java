package dev.nodoubt.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.AccessDeniedException;

/** A receiver as a user would write one, plus a filter that does what filters in front of a gate may do. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({OrderService.class, OrderController.class})
class OrdersApplication {

    static final String FILTER = "X-Filter";

    /** Starts it on a free port and an empty database. */
    static ConfigurableApplicationContext start(String... properties) {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "spring.datasource.url=" + Databases.create(),
                                "spring.datasource.hikari.maximum-pool-size=5",
                                "spring.main.banner-mode=off",
                                "server.port=0"),
                        Stream.of(properties))
                .map(property -> "--" + property)
                .toList();
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(OrdersApplication.class).run(arguments.toArray(String[]::new));
        context.getBean(OrderService.class).createTables();
        return context;
    }

    static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Bean
    Filter mischief() {
        return new Mischief();
    }

    private static final class Mischief extends HttpFilter {

        private static final Map<String, Integer> REFUSALS = Map.of("401", 401, "503", 503);

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String wish = String.valueOf(request.getHeader(FILTER));
            if (REFUSALS.containsKey(wish)) {
                response.sendError(REFUSALS.get(wish));
                return;
            }
            switch (wish) {
                case "parameter" -> request.getParameter("item");
                case "flush" -> response.flushBuffer();
                case "forward" -> {
                    request.getRequestDispatcher("/orders").forward(request, response);
                    return;
                }
                case "include" -> {
                    request.getRequestDispatcher("/orders").include(request, response);
                    return;
                }
                case "security" -> {
                    secure(request, response, chain);
                    return;
                }
                default -> {}
            }
            chain.doFilter(wish.equals("rewrite") ? new Rewritten(request) : request, response);
        }

        /** As Spring Security's filter translates what is thrown behind it. */
        private static void secure(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            try {
                chain.doFilter(request, response);
            } catch (ServletException e) {
                if (!(e.getCause() instanceof AccessDeniedException)) {
                    throw e;
                }
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
            }
        }
    }

    private static final class Rewritten extends HttpServletRequestWrapper {

        Rewritten(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            return "/ungated";
        }

        @Override
        public String getServletPath() {
            return "/ungated";
        }
    }
}
