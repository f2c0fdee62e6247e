package dev.nodoubt.spring;

import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Finds the gated method that a request will reach, by asking the handler mappings as the dispatcher servlet will. */
final class GatedHandlers {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** Where a request leads. */
    enum Way {
        /** To a gated method. */
        GATED,
        /** To no handler at all, by the path of a gated method: a wrong method, media type or the like. */
        REFUSED,
        /** Elsewhere. */
        OPEN
    }

    private final ListableBeanFactory beans;
    private final Map<String, Boolean> dispatchers = new ConcurrentHashMap<>();
    private volatile List<HandlerMapping> mappings = List.of();
    private volatile List<RequestMappingInfo> gatedInfos = List.of();
    private volatile Set<HandlerMethod> gatedMethods = Set.of();

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
        Set<HandlerMethod> methods = new LinkedHashSet<>();
        for (HandlerMapping mapping : found) {
            if (mapping instanceof RequestMappingInfoHandlerMapping annotated) {
                annotated.getHandlerMethods().forEach((info, method) -> {
                    if (method.hasMethodAnnotation(Idempotent.class)) {
                        infos.add(info);
                        methods.add(method);
                    }
                });
            }
        }
        gatedInfos = List.copyOf(infos);
        gatedMethods = Set.copyOf(methods);
        mappings = List.copyOf(found);
    }

    Set<HandlerMethod> methods() {
        return gatedMethods;
    }

    static boolean isGated(HandlerMethod method, HttpServletRequest request) {
        return method.hasMethodAnnotation(Idempotent.class) && !SAFE.contains(request.getMethod());
    }

    Way way(HttpServletRequest request) {
        if (SAFE.contains(request.getMethod()) || !reachesDispatcher(request)) {
            return Way.OPEN;
        }
        LookupRequest lookup = new LookupRequest(request);
        try {
            ServletRequestPathUtils.parseAndCache(lookup);
            for (HandlerMapping mapping : mappings) {
                HandlerExecutionChain chain = mapping.getHandler(lookup);
                if (chain != null) {
                    boolean gated = chain.getHandler() instanceof HandlerMethod method && isGated(method, request);
                    return gated ? Way.GATED : Way.OPEN;
                }
            }
        } catch (Exception e) {
            // the dispatcher servlet will meet it as well, and answer it
            return hasGatedPath(lookup) ? Way.REFUSED : Way.OPEN;
        }
        return Way.OPEN;
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
