package prosa.adapter.javalin;

import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import prosa.delivery.Collapse;

/** Before servlets and Javalin: who can come in by a {@link ShortWay} does so, and all others change the thread, as theirs may block. */
final class ShortWays extends Handler.Wrapper {
    private final List<ShortWay> ways;

    /** @param next for all others */
    ShortWays(List<ShortWay> ways, Handler next) {
        super(next);
        this.ways = List.copyOf(ways);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        for (ShortWay way : ways) {
            if (way.lets(request, response, callback)) {
                return true;
            }
        }
        request.getComponents().getExecutor().execute(() -> handOn(request, response, callback));
        return true;
    }

    /** On the thread that looks for what has come: to wake another for each who comes back cost a tenth more (decision 35). */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Others may block. */
    private void handOn(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable e) {
            Collapse.ifOutOfMemory(e);
            Response.writeError(request, response, callback, e);
        }
    }
}
