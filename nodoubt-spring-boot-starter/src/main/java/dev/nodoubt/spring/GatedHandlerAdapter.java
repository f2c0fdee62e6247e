package dev.nodoubt.spring;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/**
 * Spring MVC's adapter, which also tells the gate when a controller method really begins to run: after its arguments were
 * read and validated. Only that tells a declared refusal from a request that never reached the method.
 *
 * <p>Spring Boot uses it by itself. An application with {@code WebMvcRegistrations} or {@code WebMvcConfigurationSupport}
 * of its own returns one of these as its adapter, or a subclass.
 */
public class GatedHandlerAdapter extends RequestMappingHandlerAdapter {

    @Override
    protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod method) {
        return new MarkingHandlerMethod(method);
    }

    private static final class MarkingHandlerMethod extends ServletInvocableHandlerMethod {

        private @Nullable HttpServletRequest request;

        MarkingHandlerMethod(HandlerMethod method) {
            super(method);
        }

        @Override
        public @Nullable Object invokeForRequest(
                NativeWebRequest webRequest, @Nullable ModelAndViewContainer container, @Nullable Object... given)
                throws Exception {
            request = webRequest.getNativeRequest(HttpServletRequest.class);
            return super.invokeForRequest(webRequest, container, given);
        }

        @Override
        protected @Nullable Object doInvoke(@Nullable Object... args) throws Exception {
            GatePassage passage = request == null ? null : enter(request);
            if (passage == null) {
                return super.doInvoke(args);
            }
            Object returned;
            try {
                returned = super.doInvoke(args);
            } catch (Exception e) {
                passage.leaveBy(e);
                throw e;
            }
            passage.leaveWith(returned);
            return returned;
        }

        private @Nullable GatePassage enter(HttpServletRequest request) {
            GatePassage passage = GatePassage.of(request);
            if (passage != null) {
                passage.enterHandler();
            } else if (GatedHandlers.isGated(this, request)) {
                throw new IllegalStateException("@Idempotent method " + getShortLogMessage()
                        + " was reached without passing the gate, so it did not run: a request must come to it through"
                        + " the servlet filters, not by an include or another way around them");
            }
            return passage;
        }
    }
}
