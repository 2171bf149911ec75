package prosa.adapter.javalin;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.jspecify.annotations.Nullable;

/**
 * Keeps HTTP sessions from being made: Javalin asks for one at each upgrade, Jetty would answer with a cookie and keep the session
 * after the client has gone (18,000 of them were left after 18,000 clients). Here all get the same empty one.
 */
final class NoSessions implements Filter {
    static void install(ServletContextHandler context) {
        context.addFilter(new FilterHolder(new NoSessions()), "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new Sessionless((HttpServletRequest) request), response);
    }

    private static final class Sessionless extends HttpServletRequestWrapper {
        Sessionless(HttpServletRequest request) {
            super(request);
        }

        @Override
        public HttpSession getSession() {
            return EmptySession.SHARED;
        }

        @Override
        public @Nullable HttpSession getSession(boolean create) {
            return create ? EmptySession.SHARED : null;
        }
    }
}
