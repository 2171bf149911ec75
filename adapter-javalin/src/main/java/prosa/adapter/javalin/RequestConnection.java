package prosa.adapter.javalin;

import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;
import prosa.language.Language;

/**
 * A connection on which requests come, with deadlines for them. Jetty knows how long nothing has come, and a byte every few seconds
 * is enough to stay for ever. So it is looked at each connection once a second: where in a request is its parser, and since when?
 *
 * <p>What is kept between two looks belongs to the thread that looks. The parser belongs to Jetty's threads; a look that is a moment late
 * does no harm, as only what several looks have seen counts.
 */
final class RequestConnection extends HttpConnection {
    /** A head has at most 8 KiB: of more than this another request has come meanwhile. */
    private static final int MORE_THAN_A_HEAD = 16 << 10;

    private final HttpPatience patience;
    /** The first look finds it in another one, and begins to count. */
    private Phase phase = Phase.ANSWERING;

    private long since;
    private long bytesBefore;
    private long requestsBefore;
    private boolean headerCame;
    private String acceptLanguage = "";

    private enum Phase {
        /** None has begun. Line ends before one are allowed (RFC 9112 §2.2), and keep Jetty from taking it for idle. */
        IDLE,
        /** All of it is here, and it is being answered. */
        ANSWERING,
        HEAD,
        BODY
    }

    RequestConnection(HttpConfiguration http, Connector connector, EndPoint endPoint, HttpPatience patience) {
        super(http, connector, endPoint);
        this.patience = patience;
    }

    /** Jetty forgets the headers of a request that turns out to be none; its refusal is to be read by somebody all the same. */
    @Override
    protected RequestHandler newRequestHandler() {
        return new RequestHandler() {
            @Override
            public void startRequest(String method, String uri, HttpVersion version) {
                headerCame = false;
                acceptLanguage = "";
                super.startRequest(method, uri, version);
            }

            @Override
            public void parsedHeader(HttpField field) {
                headerCame = true;
                if (field.getHeader() == HttpHeader.ACCEPT_LANGUAGE && field.getValue() != null) {
                    acceptLanguage = field.getValue();
                }
                super.parsedHeader(field);
            }
        };
    }

    /** Those in which to answer a request that may have come in part only: all of them if it was refused before its headers came. */
    List<Language> languages() {
        return headerCame ? List.of(Language.preferred(acceptLanguage)) : List.of(Language.values());
    }

    /** @param now in nanoseconds, without the time in which nobody could look */
    void look(long now) {
        Phase seen = phaseOf(getParser());
        boolean same = seen == phase && getMessagesIn() == requestsBefore;
        if (!same || seen == Phase.HEAD && getBytesIn() - bytesBefore > MORE_THAN_A_HEAD) {
            begin(seen, now);
            return;
        }
        switch (seen) {
            case ANSWERING -> {}
            case IDLE -> {
                if (now - since >= patience.between().toNanos()) {
                    getEndPoint().close();
                }
            }
            case HEAD -> {
                if (now - since >= patience.head().toNanos()) {
                    getEndPoint().close();
                }
            }
            case BODY -> {
                if (getBytesIn() - bytesBefore >= HttpPatience.LEAST_BYTES) {
                    begin(seen, now);
                } else if (now - since >= patience.body().toNanos()) {
                    begin(Phase.ANSWERING, now);
                    refuse();
                }
            }
        }
    }

    private void begin(Phase seen, long now) {
        phase = seen;
        since = now;
        bytesBefore = getBytesIn();
        requestsBefore = getMessagesIn();
    }

    /** Of a request without a body the parser waits for its end all the same, while another one is behind it. */
    private static Phase phaseOf(HttpParser parser) {
        return switch (parser.getState()) {
            case START -> Phase.IDLE;
            case END, CLOSE, CLOSED -> Phase.ANSWERING;
            case METHOD, RESPONSE_VERSION, SPACE1, STATUS, URI, SPACE2, REQUEST_VERSION, REASON, PROXY, HEADER ->
                Phase.HEAD;
            case CONTENT, EOF_CONTENT, CHUNKED_CONTENT, CHUNK_SIZE, CHUNK, CHUNK_END, CONTENT_END, TRAILER ->
                parser.hasContent() ? Phase.BODY : Phase.ANSWERING;
        };
    }

    /** Whoever waits for the body is told that it doesn't come, and answers. */
    private void refuse() {
        Runnable failing = getHttpChannel()
                .onFailure(new HttpException.RuntimeException(
                        HttpStatus.REQUEST_TIMEOUT_408, "the body comes too slowly"));
        if (failing != null) {
            getExecutor().execute(failing);
        }
    }
}
