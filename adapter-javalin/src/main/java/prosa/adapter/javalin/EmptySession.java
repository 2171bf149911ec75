package prosa.adapter.javalin;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The session that everybody has: nothing is in it, and nothing can be put there. */
final class EmptySession implements HttpSession {
    static final HttpSession SHARED = new EmptySession();

    private EmptySession() {}

    @Override
    public @Nullable Object getAttribute(String name) {
        return null;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.emptyEnumeration();
    }

    @Override
    public void setAttribute(String name, Object value) {
        throw new UnsupportedOperationException("there are no sessions");
    }

    @Override
    public void removeAttribute(String name) {}

    @Override
    public void invalidate() {}

    @Override
    public void setMaxInactiveInterval(int seconds) {}

    @Override
    public int getMaxInactiveInterval() {
        return 0;
    }

    @Override
    public String getId() {
        return "";
    }

    @Override
    public long getCreationTime() {
        return 0;
    }

    @Override
    public long getLastAccessedTime() {
        return 0;
    }

    @Override
    public @Nullable ServletContext getServletContext() {
        return null;
    }

    @Override
    public boolean isNew() {
        return false;
    }
}
