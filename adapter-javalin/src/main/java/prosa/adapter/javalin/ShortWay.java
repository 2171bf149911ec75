package prosa.adapter.javalin;

import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A way in that thousands take at once, past servlets and Javalin, on the thread that has read the request. So it never blocks. */
interface ShortWay {
    Set<HttpVersion> SPOKEN = EnumSet.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2);

    /**
     * Lets in who may come this way.
     *
     * @return false if the request is not for here, or may not come in: nothing was done, and the long way says why
     */
    boolean lets(Request request, Response response, Callback callback);

    /** A request that only wants to hear, and has nothing behind its head. */
    static boolean isPlainGet(Request request) {
        HttpFields head = request.getHeaders();
        return HttpMethod.GET.is(request.getMethod())
                && SPOKEN.contains(request.getConnectionMetaData().getHttpVersion())
                && !head.contains(HttpHeader.CONTENT_LENGTH)
                && !head.contains(HttpHeader.TRANSFER_ENCODING)
                && !head.contains(HttpHeader.EXPECT);
    }
}
