package dev.nodoubt.spring;

import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Finds the gated handler that a request will reach, by asking the handler mappings as the dispatcher servlet will. */
final class GatedHandlers {

    static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final Way OPEN = new Way.Open();

    private final ListableBeanFactory beans;
    private final Map<String, Boolean> dispatchers = new ConcurrentHashMap<>();
    private volatile List<HandlerMapping> mappings = List.of();
    private volatile List<RequestMappingInfo> gatedInfos = List.of();
    private volatile List<GatedMethod> gatedMethods = List.of();
    private volatile Map<HandlerMapping, GatedRoutes> gatedRoutes = Map.of();

    GatedHandlers(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Reads the handler mappings, once all of them are there and before the first request. */
    void find() {
        List<HandlerMapping> found =
                new ArrayList<>(BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, HandlerMapping.class, true, false)
                        .values());
        AnnotationAwareOrderComparator.sort(found);
        List<RequestMappingInfo> infos = new ArrayList<>();
        List<GatedMethod> methods = new ArrayList<>();
        Map<HandlerMapping, GatedRoutes> routes = new LinkedHashMap<>();
        for (HandlerMapping mapping : found) {
            if (mapping instanceof RequestMappingInfoHandlerMapping annotated) {
                annotated.getHandlerMethods().forEach((info, method) -> {
                    if (method.hasMethodAnnotation(Idempotent.class)) {
                        infos.add(info);
                        methods.add(GatedMethod.of(method));
                    }
                });
            }
            if (mapping instanceof RouterFunctionMapping functional && functional.getRouterFunction() != null) {
                GatedRoutes gated = GatedRoutes.of(functional.getRouterFunction());
                if (gated.mayGate()) {
                    routes.put(mapping, gated);
                }
            }
        }
        gatedInfos = List.copyOf(infos);
        gatedMethods = List.copyOf(methods);
        gatedRoutes = Collections.unmodifiableMap(routes);
        mappings = List.copyOf(found);
    }

    List<GatedMethod> methods() {
        return gatedMethods;
    }

    /** Of methods and functions. */
    List<GatedOperation> operations() {
        return Stream.concat(
                        gatedMethods.stream().map(GatedMethod::operation),
                        gatedRoutes.values().stream().flatMap(routes -> routes.operations().stream()))
                .sorted(Comparator.comparing(GatedOperation::name))
                .toList();
    }

    static boolean isGated(HandlerMethod method, HttpServletRequest request) {
        return method.hasMethodAnnotation(Idempotent.class) && !SAFE.contains(request.getMethod());
    }

    Way way(HttpServletRequest request) {
        if (gatedMethods.isEmpty() && gatedRoutes.isEmpty()) {
            return OPEN;
        }
        if (SAFE.contains(request.getMethod()) || !reachesDispatcher(request)) {
            return OPEN;
        }
        LookupRequest lookup = new LookupRequest(request);
        try {
            ServletRequestPathUtils.parseAndCache(lookup);
            for (HandlerMapping mapping : mappings) {
                HandlerExecutionChain chain = mapping.getHandler(lookup);
                if (chain != null) {
                    GatedOperation operation = operation(chain.getHandler(), mapping, lookup);
                    return operation == null ? OPEN : new Way.Gated(operation);
                }
            }
        } catch (LookupRequest.BodyReadException e) {
            throw e;
        } catch (Exception e) {
            // the dispatcher servlet will meet it as well, and answer it
            return hasGatedPath(lookup) ? new Way.Refused() : OPEN;
        }
        return OPEN;
    }

    private @Nullable GatedOperation operation(Object handler, HandlerMapping mapping, HttpServletRequest lookup) {
        if (handler instanceof HandlerMethod method) {
            return method.hasMethodAnnotation(Idempotent.class) ? operation(method) : null;
        }
        GatedRoutes routes = gatedRoutes.get(mapping);
        return routes != null && lookup.getAttribute(RouterFunctions.REQUEST_ATTRIBUTE) instanceof ServerRequest request
                ? routes.find(request)
                : null;
    }

    /** A method that was registered after the start is read again each time. */
    private GatedOperation operation(HandlerMethod method) {
        return gatedMethods.stream()
                .filter(gated -> gated.handler().getMethod().equals(method.getMethod()))
                .findFirst()
                .orElseGet(() -> GatedMethod.of(method))
                .operation();
    }

    private boolean hasGatedPath(HttpServletRequest lookup) {
        return ServletRequestPathUtils.hasParsedRequestPath(lookup)
                && gatedInfos.stream()
                        .map(RequestMappingInfo::getPathPatternsCondition)
                        .anyMatch(paths -> paths != null && paths.getMatchingCondition(lookup) != null);
    }

    /** Whether the filter chain ends in the dispatcher servlet and not in another one with a longer mapping. */
    private boolean reachesDispatcher(HttpServletRequest request) {
        String servlet = request.getHttpServletMapping().getServletName();
        return dispatchers.computeIfAbsent(servlet, name -> {
            ServletRegistration registration = request.getServletContext().getServletRegistration(name);
            String type = registration == null ? null : registration.getClassName();
            return type == null
                    || DispatcherServlet.class.isAssignableFrom(
                            ClassUtils.resolveClassName(type, DispatcherServlet.class.getClassLoader()));
        });
    }
}
